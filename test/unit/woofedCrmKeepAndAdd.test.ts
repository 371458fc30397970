import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { existingValues, keptAndAdded, writeKeeping } from '../../nodes/WoofedCrm/keepAndAdd';
import { failureBy, linesOf, scripted } from '../support/scripted';

const put = (body: IDataObject): ApiRequest => ({ method: 'PUT', effect: 'writes', path: '/deals/7', query: {}, body });

describe('attributes that are kept and added to', () => {
	test('are those of the record with the given ones over them', () => {
		expect(
			keptAndAdded({ custom_attributes: { a: 1, b: { c: 2 } } }, { name: 'x', custom_attributes: { b: 3 } }),
		).toEqual({
			name: 'x',
			custom_attributes: { a: 1, b: 3 },
		});
	});

	test('are the given ones where the record has none', () => {
		expect(
			keptAndAdded({ custom_attributes: null, label_list: null }, { custom_attributes: { a: 1 }, label_list: 'vip' }),
		).toEqual({
			custom_attributes: { a: 1 },
			label_list: 'vip',
		});
	});

	test('do not matter when none are given', () => {
		expect([
			keptAndAdded({}, { name: 'x' }),
			keptAndAdded(null),
			keptAndAdded({ custom_attributes: { a: 2 ** 53 } }, { name: 'x' }),
		]).toEqual([{ name: 'x' }, {}, { name: 'x' }]);
	});

	test.each<[string, unknown, IDataObject]>([
		['custom_attributes', {}, { custom_attributes: { a: 1 } }],
		['custom_attributes', { custom_attributes: 'none' }, { custom_attributes: { a: 1 } }],
		['custom_attributes', { custom_attributes: [] }, { custom_attributes: { a: 1 } }],
		[
			'custom_attributes',
			{ custom_attributes: false, label_list: 7 },
			{ custom_attributes: { a: 1 }, label_list: 'vip' },
		],
		['label_list', { custom_attributes: {} }, { custom_attributes: { a: 1 }, label_list: 'vip' }],
		['label_list', { label_list: ['a', {}] }, { label_list: 'vip' }],
		['label_list', { label_list: { a: 1 } }, { label_list: 'vip' }],
		['label_list', { label_list: 7 }, { label_list: 'vip' }],
		['custom_attributes', null, { custom_attributes: { a: 1 } }],
		['custom_attributes', 'words', { custom_attributes: { a: 1 } }],
		['custom_attributes', [{ custom_attributes: {} }], { custom_attributes: { a: 1 } }],
	])('are refused where the %s are not told: %j', async (name, record, body) => {
		const write = async () => keptAndAdded(record, body);

		expect(await failureBy(write())).toEqual({
			message: `WoofedCRM did not return the ${name} of the record, so the node cannot keep them`,
			description: "Nothing was changed. Choose Replace under 'Existing Values', or omit these values.",
		});
	});

	test.each<[string, IDataObject, string]>([
		['a whole number beyond 2^53', { a: 2 ** 53 }, 'a'],
		['a negative one', { a: -(2 ** 53) }, 'a'],
		['one inside', { a: { b: [0, 2 ** 60] } }, 'a.b.1'],
	])('are refused with %s, which was rounded when it was read', async (_, custom_attributes, name) => {
		const write = async () => keptAndAdded({ custom_attributes }, { custom_attributes: { other: 1 } });

		expect(await failureBy(write())).toEqual({
			message: `The custom attribute '${name}' of the record is a whole number with too many digits to keep`,
			description:
				"Nothing was changed. Enter this attribute too, preferably as text, or choose Replace under 'Existing Values'.",
		});
	});

	test('may be too large where they are given anew', () => {
		expect(keptAndAdded({ custom_attributes: { a: 2 ** 53 } }, { custom_attributes: { a: 'text' } })).toEqual({
			custom_attributes: { a: 'text' },
		});
	});

	test('may have the name of something that every object has', () => {
		expect(
			keptAndAdded({ custom_attributes: { constructor: 'Silva', toString: 1 } }, { custom_attributes: { a: 1 } }),
		).toEqual({
			custom_attributes: { constructor: 'Silva', toString: 1, a: 1 },
		});
	});

	test('may hold what is no whole number, and nothing', () => {
		const custom_attributes = {
			price: 1.5,
			large: 2 ** 53 - 1,
			text: String(2 ** 53),
			none: null,
			list: [],
			huge: 1e400,
		};

		expect(keptAndAdded({ custom_attributes }, { custom_attributes: { given: 1 } })).toEqual({
			custom_attributes: { ...custom_attributes, given: 1 },
		});
	});
});

describe('labels that are kept and added to', () => {
	test.each<[string, unknown, string, string]>([
		['a list', ['lead', 'vip'], 'new', 'lead, vip, new'],
		['a text', 'lead, vip', 'new', 'lead, vip, new'],
		['no labels', [], 'new', 'new'],
		['an empty text', '', 'new', 'new'],
		['one that is given, too', ['lead', 'vip'], 'vip,lead', 'lead, vip'],
		['one with a comma', ['lead, hot'], 'new', '"lead, hot", new'],
		['one with a comma in a text', '"lead, hot", vip', 'new', '"lead, hot", vip, new'],
		['one with a comma in single quotes', "'lead, hot', vip", 'new', '"lead, hot", vip, new'],
		['one with a comma and quotes', ['the "a, b" group'], 'new', `'the "a, b" group', new`],
		['one with quotes and no comma', ['the "a" group'], 'new', 'the "a" group, new'],
		['a given one with a comma', ['lead'], '"new, shiny", x', 'lead, "new, shiny", x'],
		['blanks and empty labels', ' a ,, b ', ' , c ,', 'a, b, c'],
		['a quoted label without a comma', '"vip"', 'new', 'vip, new'],
		['an empty label in quotes', '"", a', 'new', 'a, new'],
		['a quote that is not closed', '"a, b', 'c', '"a, b, c'],
		['one with a comma that is given, too', ['lead, hot'], '"lead, hot", x', '"lead, hot", x'],
		['one with a comma that is given in single quotes', ['lead, hot'], "'lead, hot' , x", '"lead, hot", x'],
		['one with a comma that is given last, in single quotes', ['lead, hot'], "x, 'lead, hot'", '"lead, hot", x'],
		[
			'quotes around a part of a label',
			['a'],
			'"hi" there, say "hi", \'x\' y, "b" or "c"',
			`a, "hi" there, say "hi", 'x' y, "b" or "c"`,
		],
		['quotes with blanks around and inside', ['a'], 'b,  " c "  , d', 'a, b, c, d'],
		['a label with an apostrophe', ["d'Ávila"], 'new', "d'Ávila, new"],
	])('of %s', (_, label_list, given, united) => {
		expect(keptAndAdded({ label_list }, { label_list: given })).toEqual({ label_list: united });
	});
});

describe('a write that keeps attributes', () => {
	const body = { custom_attributes: { a: 1 } };

	test('reads them first, by the path of the write', async () => {
		const { ask, calls } = scripted({ id: 7, custom_attributes: { b: 2 } }, { id: 7 });

		expect(await writeKeeping(ask, put(body), { existing: 'merge' })).toEqual({ id: 7 });
		expect(calls).toEqual([
			{ method: 'GET', effect: 'reads', path: '/deals/7', query: {} },
			put({ custom_attributes: { b: 2, a: 1 } }),
		]);
	});

	test.each<[string, IDataObject | undefined, string | undefined]>([
		['they are to be replaced', body, 'replace'],
		['nothing was chosen', body, undefined],
		['none are given', { name: 'x' }, 'merge'],
		['nothing is given', undefined, 'merge'],
	])('does not read them when %s', async (_, given, existing) => {
		const { ask, calls } = scripted('done');

		expect(await writeKeeping(ask, { ...put({}), body: given }, { existing })).toBe('done');
		expect(calls).toEqual([{ ...put({}), body: given }]);
	});

	test.each([null, '', 'words', 7, [], [{ custom_attributes: {} }]])(
		'writes nothing when the record is %j',
		async (record) => {
			const { ask, calls } = scripted(record);

			expect((await failureBy(writeKeeping(ask, put(body), { existing: 'merge' }))).message).toContain(
				'did not return the custom_attributes',
			);
			expect(linesOf(calls)).toEqual(['GET /deals/7']);
		},
	);
});

test('the choice between keeping and replacing starts with keeping, because replacing is what happens without it, is not sent, and says what becomes of what', () => {
	expect(existingValues('Labels').spec).toMatchObject({
		label: 'Existing Values',
		local: true,
		ui: {
			type: 'options',
			default: 'merge',
			description: 'What to do with existing labels of the record',
			options: [
				{ value: 'merge', name: 'Keep and Add', description: 'Labels that are not given here are kept' },
				{ value: 'replace', name: 'Replace', description: 'Labels that are not given here are removed' },
			],
		},
	});
});
