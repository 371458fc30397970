import type { Resources } from '../../shared/form/operation';
import { lead } from './lead';
import { account, customField, pipeline, user, whatsappNumber, whatsappTemplate } from './lists';
import { task } from './task';
import { webhook } from './webhook';

export const resources: Resources = { task, lead, account, customField, pipeline, user, whatsappNumber, whatsappTemplate, webhook };
