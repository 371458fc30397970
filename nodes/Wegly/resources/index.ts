import { apiResource } from '../../shared/form/apiRequest';
import type { Resources } from '../../shared/form/operation';
import { chat } from './chat';
import { deal } from './deal';
import { file } from './file';
import { lead } from './lead';
import { message } from './message';
import { proposal } from './proposal';
import { task } from './task';

const api = apiResource({
	page: 'https://docs.wegly.com.br/documentacao-da-api/integracoes/autenticacao',
	example: '/chats/notifications/unread',
});

export const resources: Resources = { chat, api, deal, file, lead, message, proposal, task };
