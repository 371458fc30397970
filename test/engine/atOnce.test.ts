import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { countLockedRecords } from '../../nodes/shared/http/limiter';
import { rounds } from '../support/hostile';
import type { NodeName } from '../support/run';
import { byId } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();

interface Execution {
	node?: NodeName;
	parameters: IDataObject;
	items?: IDataObject[];
	credential?: IDataObject;
}

/** Runs executions at the same time, against servers that take a while for each request. */
async function atOnce(...executions: Execution[]) {
	for (const node of ['woofedCrm', 'syncroChat'] as const)
		bench.sandbox.vendors[node].faults.add({ kind: 'delay', ms: 15 });
	const runs = await Promise.all(
		executions.map(
			async ({ node = 'woofedCrm', parameters, ...more }) =>
				await bench.run(node, { ...parameters, ...fast(parameters) }, more),
		),
	);
	for (const node of ['woofedCrm', 'syncroChat'] as const) bench.sandbox.vendors[node].faults.clear();
	expect(runs.map(({ error }) => error?.message)).toEqual(runs.map(() => undefined));
	return runs;
}
const fast = ({ options }: IDataObject) => ({ options: { requestsInParallel: 16, ...(options as IDataObject) } });

const upsert = (person: IDataObject, more: IDataObject = {}): Execution => ({
	parameters: { resource: 'contact', operation: 'upsert', ...person, additionalFields: more },
});
const adding = (name: string) => ({ custom_attributes: JSON.stringify({ [name]: 'yes' }), existing: 'merge' });

async function contactsLike(part: string): Promise<IDataObject[]> {
	const { items } = await bench.operate('contact', 'getAll', {
		returnAll: true,
		simplify: false,
		filters: { email_cont: part },
	});
	return items.map(({ json }) => json);
}
const attributesOf = async (resource: string, id: number) => {
	const { items } = await bench.operate(resource, 'get', { id: byId(id), simplify: false });
	return Object.keys((items[0].json.custom_attributes as IDataObject | undefined) ?? {}).sort();
};

afterEach(() => expect(countLockedRecords()).toBe(0));

describe('two executions at the same time', () => {
	test.each<[string, IDataObject, IDataObject]>([
		['email address', { email: 'new@once.example' }, { email: 'NEW@once.example' }],
		[
			'phone number',
			{ email: 'a@phone-once.example', phone: '+5511987650001' },
			{ email: 'a@phone-once.example', phone: '+551187650001' },
		],
	])('with Create or Update and one new %s make one contact', async (_name, one, other) => {
		await atOnce(upsert(one), upsert(other));

		expect(await contactsLike(String(one.email).split('@')[1])).toHaveLength(1);
	});

	test('that keep and add to one contact, found by email in one and by phone in the other, keep both changes', async () => {
		const id = await bench.given('contact', { email: 'both@keep.example', phone: '+5511987650002' });

		await atOnce(upsert({ email: 'both@keep.example' }, adding('a')), upsert({ phone: '+551187650002' }, adding('b')));

		expect(await attributesOf('contact', id)).toEqual(['a', 'b']);
	});

	test('that update one deal keep both changes, also where one of them looks for the deal by its name', async () => {
		const contact = await bench.given('contact', { email: 'deals@keep.example' });
		const deal = { contact_id: byId(contact), stage_id: byId(1) };
		const id = await bench.given('deal', { name: 'Kept', ...deal });
		const updating = (name: string): Execution => ({
			parameters: { resource: 'deal', operation: 'update', id: byId(id), updateFields: adding(name) },
		});

		await atOnce(
			updating('a'),
			{ parameters: { resource: 'deal', operation: 'upsert', name: 'Kept', ...deal, additionalFields: adding('b') } },
			updating('c'),
		);

		expect(await attributesOf('deal', id)).toEqual(['a', 'b', 'c']);
	});

	test('that create or update one new deal of a contact make one', async () => {
		const contact = await bench.given('contact', { email: 'newdeal@once.example' });
		const upsertDeal = {
			parameters: { resource: 'deal', operation: 'upsert', name: 'New', contact_id: byId(contact), stage_id: byId(1) },
		};

		const runs = await atOnce(upsertDeal, upsertDeal, upsertDeal);

		expect(new Set(runs.map(({ items }) => items[0].json.id)).size).toBe(1);
	});

	test.each([
		[
			'email address',
			{ additionalFields: { email: 'lead@once.example' } },
			{ additionalFields: { email: 'LEAD@once.example' } },
		],
		['phone number', { phone: '+5531985550001' }, { phone: '+553185550001' }],
	])('with Find or Create and one new %s make one lead', async (_name, one, other) => {
		const execution = (person: IDataObject): Execution => ({
			node: 'syncroChat',
			parameters: {
				resource: 'lead',
				operation: 'findOrCreate',
				name: 'Maria',
				pipeline_id: byId(1),
				stage_id: byId(5),
				...person,
			},
		});

		const runs = await atOnce(execution(one), execution(other));

		expect(new Set(runs.map(({ items }) => items[0].json.id)).size).toBe(1);
	});

	test('find the lead that the other one is just creating', async () => {
		const lead = { resource: 'lead', name: 'Maria', pipeline_id: byId(1), stage_id: byId(5) };
		const person = { additionalFields: { email: 'creating@once.example' } };
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'delay',
			ms: 60,
			times: 1,
			match: ({ method }) => method === 'POST',
		});

		const creating = bench.run('syncroChat', { ...lead, operation: 'create', ...person });
		while (bench.sent('syncroChat').length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
		const found = await bench.run('syncroChat', { ...lead, operation: 'findOrCreate', ...person });

		expect(found.items[0].json.id).toBe((await creating).items[0].json.id);
	});
});

describe('an execution that finds a record at which another one is at work looks again:', () => {
	/** Runs a change whose write is held back, and another execution that has looked for the record meanwhile. */
	async function whileWriting(
		node: NodeName,
		writing: IDataObject,
		looking: IDataObject,
		isLook: (path: string) => boolean,
	) {
		let go = () => {};
		const until = new Promise<void>((resolve) => (go = resolve));
		bench.sandbox.vendors[node].faults.add({ kind: 'hold', until, times: 1, match: ({ method }) => method === 'PUT' });
		const seen = async (part: (sent: { method: string; path: string }) => boolean) => {
			while (!bench.sent(node).some(part)) await new Promise((resolve) => setTimeout(resolve, 2));
		};
		const first = bench.run(node, writing);
		await seen(({ method }) => method === 'PUT');
		const second = bench.run(node, looking);
		await seen(({ path }) => isLook(path));
		await new Promise((resolve) => setTimeout(resolve, 20));
		go();
		const runs = [await first, await second];
		expect(runs.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		return runs[1].items[0].json;
	}

	test('a deal that is renamed meanwhile is not taken for the one of the former name', async () => {
		const contact = await bench.given('contact', { email: 'renamed@once.example' });
		const deal = { contact_id: byId(contact), stage_id: byId(1) };
		const id = await bench.given('deal', { name: 'Former', ...deal });
		const renaming = { resource: 'deal', operation: 'update', id: byId(id), updateFields: { name: 'Renamed' } };
		bench.sandbox.vendors.woofedCrm.requests.splice(0);

		const made = await whileWriting(
			'woofedCrm',
			renaming,
			{ resource: 'deal', operation: 'upsert', name: 'Former', ...deal },
			(path) => path.endsWith('/deals/search'),
		);

		expect(made.id).not.toBe(id);
		expect((await bench.operate('deal', 'get', { id: byId(id), simplify: false })).items[0].json.name).toBe('Renamed');
	});

	test('a lead that is moved meanwhile is not moved a second time', async () => {
		const person = { additionalFields: { email: 'moved@once.example' } };
		const lead = { resource: 'lead', operation: 'findOrCreate', name: 'Maria', pipeline_id: byId(1), ...person };
		const { items } = await bench.run('syncroChat', { ...lead, stage_id: byId(5) });
		const id = (items[0].json.lead as IDataObject | undefined)?.id ?? items[0].json.id;
		bench.sandbox.vendors.syncroChat.requests.splice(0);
		const moving = {
			resource: 'lead',
			operation: 'move',
			id: byId(id as number),
			pipeline_id: byId(1),
			stage_id: byId(6),
		};

		await whileWriting(
			'syncroChat',
			moving,
			{ ...lead, stage_id: byId(6), additionalFields: { ...person.additionalFields, existing: 'move' } },
			(path) => path.endsWith('/leads'),
		);

		expect(bench.sent('syncroChat').filter(({ method }) => method === 'PUT')).toHaveLength(1);
	});
});

test('executions with another account do not wait for one another', async () => {
	const { faults } = bench.sandbox.vendors.syncroChat;
	const person = { additionalFields: { email: 'tenant@once.example' } };
	const parameters = {
		resource: 'lead',
		operation: 'findOrCreate',
		name: 'Maria',
		pipeline_id: byId(1),
		stage_id: byId(5),
		...person,
	};
	let answer = () => {};
	faults.add({ kind: 'hold', times: 1, until: new Promise((resolve) => (answer = resolve)) });
	const slow = bench.run('syncroChat', parameters);
	while (bench.sent('syncroChat').length === 0) await new Promise((resolve) => setTimeout(resolve, 2));

	const other = await bench.run('syncroChat', parameters, { credential: { apiKey: 'of another tenant' } });
	answer();

	expect(other.error?.httpCode).toBe('401');
	expect((await slow).error).toBeUndefined();
});

test('whatever executions at the same time do with one contact, it stays one and every added attribute is kept', async () => {
	let count = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(
				fc.array(fc.constantFrom('email', 'EMAIL', 'phone', 'phone without ninth digit', 'both'), {
					minLength: 1,
					maxLength: 3,
				}),
				{
					minLength: 2,
					maxLength: 3,
				},
			),
			async (executions) => {
				count += 1;
				const host = `any${count}.example`;
				const phone = `+551198766${String(1000 + count)}`;
				const id = await bench.given('contact', { email: `ana@${host}`, phone });
				const people: Record<string, IDataObject> = {
					email: { email: `ana@${host}` },
					EMAIL: { email: `ANA@${host}` },
					phone: { phone },
					'phone without ninth digit': { phone: phone.replace('+55119', '+5511') },
					both: { email: `Ana@${host}`, phone },
				};
				const names = executions.flatMap((ways, execution) => ways.map((_way, item) => `e${execution}i${item}`));

				await atOnce(
					...executions.map((ways, execution) => ({
						parameters: {
							resource: 'contact',
							operation: 'upsert',
							email: '={{ $json.email }}',
							phone: '={{ $json.phone }}',
							additionalFields: { custom_attributes: '={{ $json.attributes }}', existing: 'merge' },
						},
						items: ways.map((way, item) => ({
							email: '',
							phone: '',
							...people[way],
							attributes: { [`e${execution}i${item}`]: 'yes' },
						})),
					})),
				);

				expect(await contactsLike(host)).toHaveLength(1);
				expect(await attributesOf('contact', id)).toEqual(names.sort());
			},
		),
		{ numRuns: rounds(4) },
	);
});
