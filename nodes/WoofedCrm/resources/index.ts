import type { Resources } from '../../shared/form/operation';
import { contact } from './contact';
import { deal } from './deal';
import { dealAssignee } from './dealAssignee';
import { dealEvent } from './dealEvent';
import { dealProduct } from './dealProduct';
import { product } from './product';
import { user } from './user';

export const resources: Resources = { contact, deal, dealAssignee, dealEvent, dealProduct, product, user };
