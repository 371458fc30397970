import { observedWoofedCrmSandbox } from '../vendors/woofedCrm/observed';
import { WoofedCrmBench } from './woofedCrmBench';
import { byId } from './forms';

/** The node before WoofedCRM as it was in October 2024. */
const bench = new WoofedCrmBench({ instead: { woofedCrm: observedWoofedCrmSandbox } });

const records = async (...run: Parameters<typeof bench.operate>) => {
	const { items, error } = await bench.operate(...run);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
};

test('a person becomes a contact, a deal in its stage, and gets a message at its time', async () => {
	const contact = await bench.given('contact', { full_name: 'Ana', email: 'ana@old.example' });
	const [deal] = await records('deal', 'create', { name: 'Plan', contact_id: byId(contact), stage_id: byId(2) });
	const message = {
		deal_id: byId(deal.id as number),
		app_id: 5,
		content: 'Olá',
		when: 'scheduled',
		scheduled_at: '2027-01-20T14:00:00',
	};

	const [event] = await records('dealEvent', 'sendWhatsappMessage', message);

	expect(deal).toMatchObject({ stage_id: 2, pipeline_id: 1 });
	expect(event).toMatchObject({ scheduled_at: '2027-01-20T14:00:00.000-03:00', done: false });
});

test('create or update takes the one contact with exactly this address', async () => {
	const id = await bench.given('contact', { full_name: 'Bia', email: 'bia@old.example' });

	const [same] = await records('contact', 'upsert', { email: 'BIA@old.example', full_name: 'Beatriz' });

	expect(same).toMatchObject({ id, full_name: 'Beatriz' });
});

test('all contacts come page by page', async () => {
	await records(
		'contact',
		'create',
		{ full_name: '={{ $json.name }}' },
		Array.from({ length: 12 }, (_, index) => ({ name: `Person ${index}` })),
	);

	const all = await records('contact', 'getAll', { returnAll: true });

	expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
	expect(all.length).toBeGreaterThanOrEqual(12);
});

test.each([
	['deal', 'getAll', {}],
	['user', 'getAll', {}],
	['contact', 'delete', { id: byId(1) }],
	['product', 'update', { id: byId(1), updateFields: { name: 'New' } }],
])(
	'%s: %s is not there, and the error says that the version may be the reason',
	async (resource, operation, parameters) => {
		const { error } = await bench.operate(resource, operation, parameters);

		expect(error).toMatchObject({
			message: expect.stringMatching(
				/^This version of WoofedCRM does not support the request [A-Z]+ \/[a-z/0-9]+: Not Found$/,
			),
			description: expect.stringContaining('Older versions of WoofedCRM lack some requests'),
		});
	},
);

test.each([
	['contact', 'get', { id: byId(999) }],
	['deal', 'get', { id: byId(999) }],
	['deal', 'markWon', { id: byId(999) }],
	['product', 'get', { id: byId(999) }],
	['dealProduct', 'get', { id: 999 }],
	['dealEvent', 'createNote', { deal_id: byId(999), content: 'x' }],
])(
	'%s: %s tells a record that does not exist, although the framework says so as of a request',
	async (resource, operation, parameters) => {
		const { error } = await bench.operate(resource, operation, parameters);

		expect(error?.message).toMatch(/Not [Ff]ound \(given '.+' .*999/);
		expect(error?.description).toBe('There is no record with this ID.');
	},
);

test('create or update of a deal goes by the deals of the contact', async () => {
	const contact_id = byId(await bench.given('contact', { full_name: 'Caio', email: 'caio@old.example' }));
	const [created] = await records('deal', 'upsert', { contact_id, name: 'Upgrade', stage_id: byId(1) });

	const [updated] = await records('deal', 'upsert', {
		contact_id,
		name: 'Upgrade',
		additionalFields: { status: 'won' },
	});

	expect(updated).toMatchObject({ id: created.id, status: 'won' });
});
