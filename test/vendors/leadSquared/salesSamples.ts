import type { IDataObject } from 'n8n-workflow';
import { byId } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

const sample = (name: string, resource: string, operation: string, parameters: IDataObject): Sample => ({
	name,
	node: 'leadSquared',
	parameters: { resource, operation, ...parameters },
});

const details = {
	Description: 'n8n',
	CustomHeaders: { values: [{ Key: 'x-hook-secret', Value: 'a-long-random-text' }] },
	NotifyOnFailure: true,
};

export const leadSquaredSalesSamples: Sample[] = [
	sample('create sales activity', 'salesActivity', 'create', {
		ProspectId: byId('5b00000a-1a2b-4c3d-8e4f-00000000000a'),
		Status: 'Won',
		additionalFields: {
			ProductSku: byId('SKU-1'),
			Revenue: 1200.5,
			owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
			SalesDate: '2026-10-01T09:00:00',
		},
	}),
	sample('create webhook', 'webhook', 'create', {
		URL: 'https://hooks.example.com/lsq',
		WebhookEvent: '2',
		additionalFields: {
			...details,
			ActivityEvent: 201,
			WebhookProperties: '{"ActivityEvent":"201","ActivityData":"[]","WebPageNames":"[]"}',
		},
	}),
	sample('get many webhooks', 'webhook', 'getAll', {
		limit: 5,
		filters: { WebhookEvent: 'Task_Create', StatusCode: 0, ColumnName: 'ModifiedOn', Direction: '1' },
	}),
	sample('get many products', 'product', 'getAll', { limit: 5, filters: { SearchText: 'plan', ProductSku: 'SKU-1' } }),
];
