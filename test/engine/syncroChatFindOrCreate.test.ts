import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const inStage = (stage: number) => ({ resource: 'lead', pipeline_id: byId(1), stage_id: byId(stage) });
const findOrCreate = async (parameters: IDataObject, items?: IDataObject[]) =>
	await bench.run('syncroChat', { ...inStage(6), operation: 'findOrCreate', name: 'Maria', ...parameters }, { items });
const lines = () => bench.sent('syncroChat').map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
const writes = () => lines().filter((line) => !line.startsWith('GET'));

/** A lead in stage 5, as somebody typed it; gives back its id. */
async function given(lead: IDataObject): Promise<number> {
	const { lead: created } = await bench.post('syncroChat', '/leads', {
		name: 'Given',
		pipeline_id: 1,
		stage_id: 5,
		...lead,
	});
	return (created as IDataObject).id as number;
}

test('a lead that is not there is created with all that was given', async () => {
	await findOrCreate({ phone: '+5531911112222', additionalFields: { email: 'new@lead.example', value: 100 } });

	expect(bench.sent('syncroChat').at(-1)).toMatchObject({
		method: 'POST',
		body: {
			name: 'Maria',
			phone: '+5531911112222',
			email: 'new@lead.example',
			value: 100,
			pipeline_id: 1,
			stage_id: 6,
		},
	});
	expect(bench.sent('syncroChat').at(-1)?.body).not.toHaveProperty('existing');
});

test.each([
	['with brackets and hyphen', '(31) 92222-3333', '+5531922223333'],
	['without its ninth digit', '+553193334444', '+5531993334444'],
	['without the country code', '31944445555', '+55 31 94444-5555'],
	['with a 0 before the area code', '(031) 95555-1212', '+5531955551212'],
	['with words around it', 'casa 31 94343-5656', '+5531943435656'],
	['in pairs, in another country', '+351 912 34 56 78', '+351912345678'],
])('a lead whose number is written %s is found, and no second one is made', async (_, stored, phone) => {
	const id = await given({ phone: stored });

	const { items, hints } = await findOrCreate({ phone });

	expect(items[0].json).toMatchObject({ id, stage_id: 5 });
	expect(hints).toEqual([
		`Lead ${id} already exists. Its fields keep their values, because Syncro Chat documents no way to change them [item 0]`,
	]);
	expect(writes()).toEqual([]);
});

test('a lead with the email address in another case is found', async () => {
	const id = await given({ email: 'Ana@Case.example' });

	const { items } = await findOrCreate({ additionalFields: { email: 'ana@case.EXAMPLE' } });

	expect(items[0].json.id).toBe(id);
});

test.each([
	[
		'the address holds this one',
		{ email: 'mariana@part.example' },
		{ additionalFields: { email: 'ana@part.example' } },
	],
	['the number ends alike', { phone: '+5531955556666' }, { phone: '+5521955556666' }],
	['a landline differs in a 9', { phone: '(31) 3333-4444' }, { phone: '+5531933334444' }],
])('another person is not taken for this one when %s', async (_, stored, wanted) => {
	await given(stored);

	await findOrCreate(wanted);

	expect(writes()).toEqual(['POST /leads']);
});

test('a lead that is there is moved on request, and comes out in its new stage', async () => {
	const id = await given({ phone: '+5531966667777' });

	const { items } = await findOrCreate({ phone: '+5531966667777', additionalFields: { existing: 'move' } });

	expect(writes()).toEqual([`PUT /leads/${id}/stage`]);
	expect(items[0].json).toMatchObject({ id, stage_id: 6 });
});

test('a lead that stands in the stage already is not moved', async () => {
	await given({ phone: '+5531977778888' });

	await findOrCreate({ phone: '+5531977778888', stage_id: byId(5), additionalFields: { existing: 'move' } });

	expect(writes()).toEqual([]);
});

test('several leads with the number are refused by name, and nothing is changed', async () => {
	const ids = [await given({ phone: '+5531988889999' }), await given({ phone: '31 98888-9999' })];

	const { error } = await findOrCreate({ phone: '+5531988889999', additionalFields: { existing: 'move' } });

	expect(error?.message).toContain(
		`2 leads have this email address or phone number: Given (ID ${ids[0]}), Given (ID ${ids[1]})`,
	);
	expect(writes()).toEqual([]);
});

test('number and address of two different leads are refused', async () => {
	await given({ phone: '+5531911110000' });
	await given({ email: 'other@lead.example' });

	const { error } = await findOrCreate({ phone: '+5531911110000', additionalFields: { email: 'other@lead.example' } });

	expect(error?.message).toContain('2 leads have this email address or phone number');
	expect(writes()).toEqual([]);
});

test('two items about the same person make one lead', async () => {
	await findOrCreate({ phone: '+5531900001111' }, [{}, {}]);

	expect(writes()).toEqual(['POST /leads']);
});

test.each([
	['neither phone nor email', {}, "'Email' and 'Phone' are both empty"],
	[
		'a number that is too short to tell people apart',
		{ phone: '7766' },
		"'Phone' must be a phone number with country code",
	],
	[
		'a number that somebody made up',
		{ phone: '+11111111111' },
		"'Phone' must be a number whose digits are not all the same, but is +11111111111",
	],
])('%s is refused, and nothing is asked', async (_, wanted, words) => {
	const { error } = await findOrCreate(wanted);

	expect(error?.message).toContain(words);
	expect(lines()).toEqual([]);
});

test('a lead is created once when the answer is lost', async () => {
	bench.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		reply: { status: 200, body: { success: true, data: [], meta: { has_more: false } } },
		times: 1,
	});
	bench.sandbox.vendors.syncroChat.faults.add({ kind: 'lostAnswer' });

	const { error } = await findOrCreate({ phone: '+5531900002222' });

	expect(error?.message).toContain('may have been carried out');
	expect(writes()).toEqual(['POST /leads']);
});
