import type { Resources } from '../../shared/form/operation';
import { chat } from './chat';
import { deal } from './deal';
import { file } from './file';
import { lead } from './lead';
import { message } from './message';
import { proposal } from './proposal';
import { task } from './task';

export const resources: Resources = { chat, deal, file, lead, message, proposal, task };
