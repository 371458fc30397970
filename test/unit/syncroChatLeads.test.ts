import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { findOrCreateLead } from '../../nodes/SyncroChat/findOrCreateLead';
import { failureBy, linesOf, scripted } from '../support/scripted';

const call: ApiRequest = { method: 'POST', effect: 'writes', path: '/leads', query: {}, body: { name: 'Ana' } };
const wanted = { pipeline_id: 1, stage_id: 6 };
const searchFor = (q: string): ApiRequest => ({ method: 'GET', effect: 'reads', path: '/leads', query: { q } });
const ana = {
	id: 5,
	name: 'Ana',
	phone: '11 99988-7766',
	email: 'Ana@example.com',
	pipeline_id: 1,
	stage_id: 5,
	pipeline: { id: 1 },
	stage: { id: 5 },
};
const listOf = (...data: unknown[]) => ({ data, meta: { has_more: false } });
const NO_ONE = listOf();

test.each<[string, IDataObject, string[]]>([
	['an address', { email: 'ana@example.com' }, ['ana@example.com']],
	['the last four digits of a Brazilian number', { phone: '+5511999887766' }, ['7766']],
	['the last two digits of another one', { phone: '+351912345678' }, ['78']],
	['both', { email: 'ana@example.com', phone: '+5511999887766' }, ['ana@example.com', '7766']],
])('a lead is searched by %s, and created when there is none', async (_, person, words) => {
	const { ask, calls } = scripted(...words.map(() => NO_ONE), { id: 9 });

	expect(await findOrCreateLead(ask, call, { ...wanted, ...person })).toEqual({ id: 9 });
	expect(calls).toEqual([...words.map((q) => ({ ...searchFor(q), query: { q, per_page: 200 } })), call]);
});

test('a lead that both searches find is one lead, and others are left alone', async () => {
	const other = { ...ana, id: 6, phone: '21 99988-7766', email: 'mariana@example.com' };
	const { ask, calls } = scripted(listOf(ana, other), listOf(other, ana));

	expect(await findOrCreateLead(ask, call, { ...wanted, email: 'ana@example.com', phone: '+5511999887766' })).toEqual({
		lead: ana,
		found: true,
	});
	expect(calls).toHaveLength(2);
});

test.each<[string, IDataObject, string | undefined, boolean]>([
	['is moved from another stage on request', ana, 'move', true],
	['is moved from another pipeline on request', { ...ana, pipeline_id: 2, stage_id: 6 }, 'move', true],
	[
		'is moved from a stage that cannot be read',
		{ ...ana, stage_id: { toString: 1 }, pipeline_id: { toString: 1 } },
		'move',
		true,
	],
	['is left where it stands already', { ...ana, stage_id: '6', pipeline_id: '1' }, 'move', false],
	['is left where it is otherwise', ana, 'keep', false],
	['is left where it is when nothing was chosen', ana, undefined, false],
])('a lead that is there %s', async (_, lead, existing, moves) => {
	const { ask, calls } = scripted(listOf(lead), { success: true });

	const found = await findOrCreateLead(ask, call, { ...wanted, email: 'ana@example.com', existing });

	const { pipeline: _pipeline, stage: _stage, ...rest } = lead;
	expect(found).toEqual({ lead: moves ? { ...rest, ...wanted } : lead, found: true });
	expect(calls.slice(1)).toEqual(
		moves ? [{ method: 'PUT', effect: 'writes', path: '/leads/5/stage', query: {}, body: wanted }] : [],
	);
});

test('several leads are refused by name and ID, whatever their names are', async () => {
	const { ask, calls } = scripted(listOf(ana, { ...ana, id: 6, name: { toString: 1 } }));

	expect(await failureBy(findOrCreateLead(ask, call, { ...wanted, email: 'ana@example.com' }))).toEqual({
		message: '2 leads have this email address or phone number: Ana (ID 5), {"toString":1} (ID 6)',
		ownCode: 'AMBIGUOUS',
		description:
			'Nothing was changed. To add another lead for this person, use Lead > Create. To move one of these leads, use Lead > Move to Stage with its ID.',
	});
	expect(linesOf(calls)).toEqual(['GET /leads']);
});

test.each<unknown>([undefined, null, 0, '../users/1', {}, { toString: 1 }])(
	'a lead that comes with %j in place of its ID is not taken for one, and nothing is written',
	async (id) => {
		const { ask, calls } = scripted(listOf({ ...ana, id }));

		expect(
			(await failureBy(findOrCreateLead(ask, call, { ...wanted, email: 'ana@example.com', existing: 'move' }))).message,
		).toContain('The response contains no usable ID of a lead');
		expect(linesOf(calls)).toEqual(['GET /leads']);
	},
);

test('a lead whose address and number are no texts is nobody', async () => {
	const { ask, calls } = scripted(listOf({ ...ana, email: { toString: 1 }, phone: ['+5511999887766'] }), NO_ONE, {});

	await findOrCreateLead(ask, call, { ...wanted, email: 'ana@example.com', phone: '+5511999887766' });

	expect(calls.at(-1)).toEqual(call);
});
