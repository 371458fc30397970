import { listAt } from '../../shared/base/parseResponse';
import { choice, choices, pick, text, toggle } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import type { PageStyle } from '../../shared/http/paging';
import { whatsappNumbers } from '../lookups';
import { wholeList } from '../vendor';

const pipelineList: PageStyle = { ...wholeList, records: (response) => listAt(response, 'pipelines') };

/** Statuses of an official template. https://docs.syncro.chat/en/whatsapp */
const templateStatuses = choices({
	APPROVED: 'Approved',
	DISABLED: 'Disabled',
	PAUSED: 'Paused',
	PENDING: 'Pending',
	REJECTED: 'Rejected',
});

const getAccount = operation({
	name: 'Get',
	action: 'Get account',
	description: 'Retrieve the account that the API key belongs to',
	request: 'GET /account',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/account',
	contract: 'getAccount',
	output: 'account',
	fields: {},
});

const getUsers = operation({
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of users of the account',
	request: 'GET /users',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/account',
	contract: 'listUsers',
	many: wholeList,
	fields: {},
});

const getPipelines = operation({
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'Retrieve a list of pipelines with their stages',
	request: 'GET /pipelines',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/pipelines',
	contract: 'listPipelines',
	many: pipelineList,
	fields: {},
});

const getCustomFields = operation({
	name: 'Get Many',
	action: 'Get many custom fields',
	description: 'Retrieve a list of the custom fields of leads',
	request: 'GET /custom-fields',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/custom-fields',
	contract: 'listCustomFields',
	many: wholeList,
	fields: { active_only: toggle('Active Only').describe('Whether to leave out inactive custom fields') },
});

const getNumbers = operation({
	name: 'Get Many',
	action: 'Get many WhatsApp numbers',
	description: 'Retrieve a list of the connected WhatsApp numbers',
	request: 'GET /whatsapp/instances',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/whatsapp',
	contract: 'listWhatsappInstances',
	many: wholeList,
	fields: {},
});

const getTemplates = operation({
	name: 'Get Many',
	action: 'Get many WhatsApp templates',
	description: 'Retrieve a list of the official WhatsApp templates',
	request: 'GET /whatsapp/templates',
	effect: 'reads',
	page: 'https://docs.syncro.chat/en/whatsapp',
	contract: 'listWhatsappTemplates',
	many: wholeList,
	fields: {
		instance_id: pick('WhatsApp Number', whatsappNumbers).describe('Only templates that can be sent from this number'),
		status: choice('Status', templateStatuses).describe(
			'Status of the template in WhatsApp. Only approved templates can be sent.',
		),
		language: text('Language')
			.tidy()
			.example('pt_BR')
			.describe("WhatsApp's language code. Returns only templates in this language."),
	},
});

export const account: Resource = { name: 'Account', operations: { get: getAccount } };
export const customField: Resource = { name: 'Custom Field', operations: { getAll: getCustomFields } };
export const pipeline: Resource = { name: 'Pipeline', operations: { getAll: getPipelines } };
export const user: Resource = { name: 'User', operations: { getAll: getUsers } };
export const whatsappNumber: Resource = { name: 'WhatsApp Number', operations: { getAll: getNumbers } };
export const whatsappTemplate: Resource = { name: 'WhatsApp Template', operations: { getAll: getTemplates } };
