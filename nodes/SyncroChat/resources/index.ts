import { apiResource } from '../../shared/form/apiRequest';
import type { Resources } from '../../shared/form/operation';
import { pages } from '../vendor';
import { lead } from './lead';
import { account, customField, pipeline, user, whatsappNumber, whatsappTemplate } from './lists';
import { task } from './task';
import { webhook } from './webhook';

const api = apiResource({
	page: 'https://docs.syncro.chat/en/authentication',
	example: '/users',
	pages: { page: { name: 'Yes', style: pages } },
});

export const resources: Resources = {
	task,
	lead,
	account,
	api,
	customField,
	pipeline,
	user,
	whatsappNumber,
	whatsappTemplate,
	webhook,
};
