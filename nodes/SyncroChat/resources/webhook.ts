import { fixed, pick, pickSeveral, text, url } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { webhookEvents, webhooks } from '../lookups';
import { wholeList } from '../vendor';

const page = 'https://docs.syncro.chat/en/webhooks';

/** All fields of a webhook. The response also says whether the request succeeded, which is left out here. */
const simple = [
	'id',
	'target_url',
	'events',
	'source',
	'is_active',
	'failure_count',
	'last_success_at',
	'last_failure_at',
	'last_failure_reason',
	'created_at',
];

// A response may contain the signature key.
const withheld = ['secret'];

const create = operation({
	name: 'Create',
	action: 'Create webhook',
	description: 'Make Syncro Chat send events to a URL. You can delete the webhook only in Syncro Chat.',
	request: 'POST /webhooks',
	effect: 'writes',
	page,
	contract: 'createWebhook',
	withheld,
	fields: {
		target_url: url('Target URL')
			.required()
			.example('https://n8n.example.com/webhook/crm')
			.describe('URL that receives the events. Syncro Chat probably refuses addresses in private networks.'),
		events: pickSeveral('Event', webhookEvents).required(),
		secret: text('Secret')
			.secret()
			.required()
			.example('a long random text')
			.describe('Key that signs every delivery. Choose a long random text, and give it to the receiver.'),
		source: fixed('n8n'),
	},
});

const get = operation({
	name: 'Get',
	action: 'Get webhook',
	description: 'Retrieve a webhook by its ID, with its last success and failure',
	request: 'GET /webhooks/{id}',
	effect: 'reads',
	page,
	contract: 'getWebhook',
	withheld,
	simple,
	fields: { id: pick('Webhook', webhooks).required() },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Retrieve a list of webhooks',
	request: 'GET /webhooks',
	effect: 'reads',
	page,
	contract: 'listWebhooks',
	withheld,
	many: wholeList,
	fields: {},
});

export const webhook: Resource = { name: 'Webhook', operations: { create, get, getAll } };
