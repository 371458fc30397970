import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { rounds } from '../support/hostile';
import { byId, mapper } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();

/** A person whom nobody else in the sandbox resembles, in the spellings in which people write them. */
interface Person {
	host: string;
	phone: string;
	/** The same Brazilian number as some store it. */
	withoutNinthDigit: string;
}

let count = 0;
function someone(): Person {
	count += 1;
	const digits = String(10_000 + count);
	return { host: `pair${count}.example`, phone: `+55119871${digits}`, withoutNinthDigit: `+5511871${digits}` };
}

type Of<Known> = (person: Person, known: Known) => IDataObject;

/** Milliseconds until the sandbox looks at a request: a look and the write after it leave room for others. */
const ON_THE_WAY = 12;

/** Runs executions at once or one after the other; gives what became of each. */
async function outcomes(
	node: 'woofedCrm' | 'syncroChat',
	executions: IDataObject[],
	atOnce: boolean,
): Promise<string[]> {
	const run = async (parameters: IDataObject) => {
		const { error, errors } = await bench.run(node, parameters);
		return error?.httpCode ?? (error || errors.length > 0 ? 'failed' : 'succeeded');
	};
	if (atOnce) {
		bench.sandbox.vendors[node].faults.add({ kind: 'delay', ms: ON_THE_WAY });
		return await Promise.all(executions.map(run)).finally(() => bench.sandbox.vendors[node].faults.clear());
	}
	const all: string[] = [];
	for (const parameters of executions) all.push(await run(parameters));
	return all;
}

/** What is left of a person, with their own words replaced: the same text for two people means that the same happened. */
function story(person: Person, records: unknown): string {
	const known: Array<[string, string]> = [
		[person.host, 'HOST'],
		[person.phone, 'PHONE'],
		[person.withoutNinthDigit, 'SHORT PHONE'],
	];
	return known.reduce((text, [own, name]) => text.replaceAll(own, name), JSON.stringify(records));
}

/** Asks that two operations at once leave what they leave one after the other, in one order or in the other. */
async function leavesWhatOneOrderLeaves<Known>(
	node: 'woofedCrm' | 'syncroChat',
	operations: Record<string, Of<Known>>,
	given: (person: Person) => Promise<Known>,
	recordsOf: (person: Person) => Promise<unknown>,
): Promise<void> {
	const names = fc.constantFrom(...Object.keys(operations));
	const property = fc.asyncProperty(names, names, async (one, other) => {
		const tried = async (order: string[], atOnce: boolean) => {
			const person = someone();
			const known = await given(person);
			const ends = await outcomes(
				node,
				order.map((name) => operations[name](person, known)),
				atOnce,
			);
			const ofEach = order.map((name, index) => `${name}: ${ends[index]}`).sort();
			return story(person, [ofEach, await recordsOf(person)]);
		};

		const orders = [await tried([one, other], false), await tried([other, one], false)];

		expect(orders).toContain(await tried([one, other], true));
	});
	await fc.assert(property, { numRuns: rounds(6) });
}

describe('two executions of any pair of operations about one person leave what they leave one after the other', () => {
	test.each([
		['there already', true],
		['new', false],
	])('in WoofedCRM, where the person is %s', async (_name, isThere) => {
		type Known = { contact?: number; deal?: number };
		const adding = (name: string) => ({ custom_attributes: JSON.stringify({ [name]: 'yes' }), existing: 'merge' });
		const byEmail = ({ host }: Person, way = 'ana') => ({ email: `${way}@${host}` });
		const forNew: Record<string, Of<Known>> = {
			create: (person) => ({ resource: 'contact', operation: 'create', ...byEmail(person), phone: person.phone }),
			'upsert by email': (person) => ({
				resource: 'contact',
				operation: 'upsert',
				...byEmail(person),
				additionalFields: adding('email'),
			}),
			'upsert by EMAIL': (person) => ({
				resource: 'contact',
				operation: 'upsert',
				...byEmail(person, 'ANA'),
				additionalFields: adding('EMAIL'),
			}),
			'upsert by both': (person) => ({
				...{ resource: 'contact', operation: 'upsert', ...byEmail(person), phone: person.withoutNinthDigit },
				additionalFields: { full_name: 'Ana', ...adding('both') },
			}),
		};
		const forKnown: Record<string, Of<Known>> = {
			...forNew,
			'upsert by phone': ({ phone }) => ({
				resource: 'contact',
				operation: 'upsert',
				phone,
				additionalFields: adding('phone'),
			}),
			update: (_person, { contact }) => ({
				resource: 'contact',
				operation: 'update',
				id: byId(contact!),
				updateFields: adding('update'),
			}),
			delete: (_person, { contact }) => ({ resource: 'contact', operation: 'delete', id: byId(contact!) }),
			'new deal': (_person, { contact }) => ({
				resource: 'deal',
				operation: 'create',
				name: 'Plan',
				contact_id: byId(contact!),
				stage_id: byId(1),
			}),
			'upsert of the deal': (_person, { contact }) => ({
				...{ resource: 'deal', operation: 'upsert', name: 'Plan', contact_id: byId(contact!), stage_id: byId(2) },
				additionalFields: adding('upsert'),
			}),
			'change of the deal': (_person, { deal }) => ({
				resource: 'deal',
				operation: 'update',
				id: byId(deal!),
				updateFields: adding('change'),
			}),
			'rename of the deal': (_person, { deal }) => ({
				resource: 'deal',
				operation: 'update',
				id: byId(deal!),
				updateFields: { name: 'Other' },
			}),
		};
		const stable = ({
			id: _id,
			contact_id: _contact,
			created_at: _created,
			updated_at: _updated,
			...rest
		}: IDataObject) => rest;
		const listed = async (resource: string, filters: IDataObject) =>
			(await bench.operate(resource, 'getAll', { returnAll: true, simplify: true, filters })).items.map(
				({ json }) => json,
			);

		await leavesWhatOneOrderLeaves(
			'woofedCrm',
			isThere ? forKnown : forNew,
			async (person) => {
				if (!isThere) return {};
				const contact = await bench.given('contact', { ...byEmail(person), phone: person.phone });
				return {
					contact,
					deal: await bench.given('deal', { name: 'Plan', contact_id: byId(contact), stage_id: byId(1) }),
				};
			},
			async ({ host }) => {
				const contacts = await listed('contact', { email_cont: host });
				const deals = await Promise.all(
					contacts.map(async ({ id }) => await listed('deal', { contact_id_eq: byId(id as number) })),
				);
				return contacts.map((contact, index) => [stable(contact), deals[index].map(stable)]);
			},
		);
	});

	test('in Syncro Chat', async () => {
		const place = (stage: number) => ({ pipeline_id: byId(1), stage_id: byId(stage) });
		const lead = ({ host }: Person, way = 'ana') => ({
			resource: 'lead',
			name: 'Ana',
			...place(5),
			additionalFields: { email: `${way}@${host}` },
		});
		const moving = (person: Person) => ({
			...lead(person),
			...place(6),
			additionalFields: { email: `ana@${person.host}`, existing: 'move' },
		});
		const operations: Record<string, Of<{ lead: number }>> = {
			create: (person) => ({ ...lead(person), operation: 'create' }),
			'find or create': (person) => ({ ...lead(person), operation: 'findOrCreate' }),
			'find or CREATE': (person) => ({ ...lead(person, 'ANA'), operation: 'findOrCreate' }),
			'find or create by phone': (person) => ({
				...lead(person, 'other'),
				operation: 'findOrCreate',
				phone: person.withoutNinthDigit,
			}),
			'find and move': (person) => ({ ...moving(person), operation: 'findOrCreate' }),
			move: (_person, known) => ({ resource: 'lead', operation: 'move', id: byId(known.lead), ...place(7) }),
			delete: (_person, known) => ({ resource: 'lead', operation: 'delete', id: byId(known.lead) }),
		};

		await leavesWhatOneOrderLeaves(
			'syncroChat',
			operations,
			async (person) => ({
				lead: (await bench.run('syncroChat', { ...lead(person), operation: 'create', phone: person.phone })).items[0]
					.json.id as number,
			}),
			async ({ host }) => {
				const { items } = await bench.run('syncroChat', {
					resource: 'lead',
					operation: 'getAll',
					returnAll: true,
					filters: { q: host },
				});
				return items.map(({ json: { email, phone, stage_id } }) => ({ email, phone, stage_id }));
			},
		);
	});
});

describe('in LeadSquared, which looks for the person itself,', () => {
	const looking: Record<string, (person: Person) => IDataObject> = {
		'create or update': ({ host }) => ({
			resource: 'lead',
			operation: 'createOrUpdate',
			EmailAddress: `ana@${host}`,
			additionalFields: { LastName: 'Souza' },
		}),
		capture: ({ host, phone }) => ({
			resource: 'lead',
			operation: 'capture',
			EmailAddress: `ANA@${host}`,
			Phone: phone,
		}),
		'activity with lead': ({ host }) => ({
			...{ resource: 'activity', operation: 'createWithLead', SearchBy: 'EmailAddress', ActivityEvent: byId(105) },
			leadFields: mapper({ EmailAddress: `ana@${host}` }),
		}),
		opportunity: ({ host }) => ({
			...{
				resource: 'opportunity',
				operation: 'create',
				SearchBy: 'EmailAddress',
				leadFields: mapper({ EmailAddress: `Ana@${host}` }),
			},
			...{ OpportunityEventCode: byId(12000), fields: mapper({ Status: 'Open', mx_Custom_1: 'Boat' }) },
		}),
	};
	const plain: Record<string, (person: Person) => IDataObject> = {
		create: ({ host }) => ({ resource: 'lead', operation: 'create', EmailAddress: `ana@${host}` }),
		'activity by email': ({ host }) => ({
			resource: 'activity',
			operation: 'create',
			leadBy: 'email',
			EmailAddress: `ana@${host}`,
			ActivityEvent: byId(105),
		}),
	};
	const all = { ...looking, ...plain };

	/** Milliseconds between the arrivals of two executions' writes, each of which takes `ON_THE_WAY` at least. */
	async function gap(one: IDataObject, other: IDataObject): Promise<number> {
		const { leadSquared } = bench.sandbox.vendors;
		leadSquared.faults.add({ kind: 'delay', ms: ON_THE_WAY * 2 });
		await Promise.all([one, other].map(async (parameters) => await bench.run('leadSquared', parameters)));
		const writes = leadSquared.requests.filter(
			({ method, path }) => method === 'POST' && /Lead\.|ProspectActivity|Capture/.test(path),
		);
		bench.sandbox.reset();
		expect(writes.length).toBeGreaterThanOrEqual(2);
		return Math.min(...writes.slice(1).map(({ at }, index) => at - writes[index].at));
	}

	test('an operation by which it does so and another one about the same person never meet there', async () => {
		const property = fc.asyncProperty(
			fc.constantFrom(...Object.keys(looking)),
			fc.constantFrom(...Object.keys(all)),
			async (one, other) => {
				const person = someone();

				expect(await gap(all[one](person), all[other](person))).toBeGreaterThanOrEqual(ON_THE_WAY);
			},
		);
		await fc.assert(property, { numRuns: rounds(6) });
	});

	test('operations about two people go at once', async () => {
		expect(await gap(looking['create or update'](someone()), looking['create or update'](someone()))).toBeLessThan(
			ON_THE_WAY,
		);
	});
});
