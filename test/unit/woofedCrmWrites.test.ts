import type { IDataObject } from 'n8n-workflow';
import { addToDeal } from '../../nodes/WoofedCrm/addToDeal';
import { upsertDeal } from '../../nodes/WoofedCrm/upsertDeal';
import { settled, writeDeal } from '../../nodes/WoofedCrm/writeDeal';
import { FailureError, type Failure } from '../../nodes/shared/base/failure';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { failureBy, linesOf, scripted } from '../support/scripted';

const refused = (change: Partial<Failure> = {}) =>
	new FailureError({ message: 'WoofedCRM refused the request: No', httpCode: 422, ...change });
const put = (body: IDataObject): ApiRequest => ({ method: 'PUT', effect: 'writes', path: '/deals/7', query: {}, body });

/** What an answer may hold in place of an ID. */
const noIds: unknown[] = [undefined, null, 0, '../../users/1', '7/won', {}, { toString: 'x' }, [7], true];

describe('a product that was added to a deal', () => {
	const call: ApiRequest = {
		method: 'POST',
		effect: 'writes',
		path: '/deal_products',
		query: {},
		body: {
			deal_id: 1,
			product_id: 2,
			quantity: 3,
			unit_amount_in_cents: 100,
			product_name: 'Plan',
			product_identifier: 'P-1',
		},
	};
	const taken = { id: 77, quantity: 1, unit_amount_in_cents: 100, product_name: 'Plan', product_identifier: 'P-1' };

	test('is left as it is when price and names were taken over', async () => {
		const { ask, calls } = scripted(taken);

		expect(await addToDeal(ask, call)).toBe(taken);
		expect(calls).toEqual([call]);
	});

	test.each(['unit_amount_in_cents', 'product_name', 'product_identifier'])(
		'gets %s by a second request when it was not saved, and that alone',
		async (name) => {
			const { ask, calls } = scripted({ ...taken, [name]: 'other' }, taken);

			expect(await addToDeal(ask, call)).toBe(taken);
			expect(calls[1]).toEqual({
				method: 'PUT',
				effect: 'writes',
				path: '/deal_products/77',
				query: {},
				body: { [name]: call.body![name] },
			});
		},
	);

	test('gets nothing that was not given', async () => {
		const { ask, calls } = scripted({ id: 77, product_name: 'Catalogue' });

		await addToDeal(ask, { ...call, body: { deal_id: 1 } });

		expect(calls).toHaveLength(1);
	});

	test.each<[string, IDataObject, Partial<Failure>, string]>([
		['price', { ...taken, unit_amount_in_cents: 5, product_name: 'x' }, {}, 'without its price'],
		['name', { ...taken, product_name: 'x' }, {}, 'without its name or identifier'],
		[
			'price, or perhaps with it',
			{ ...taken, unit_amount_in_cents: 5 },
			{ mayHaveBeenApplied: true },
			'perhaps without its price',
		],
	])('is told to be there without its %s when the second request fails', async (_, added, change, words) => {
		const failure = await failureBy(addToDeal(scripted(added, refused(change)).ask, call));

		expect(failure).toMatchObject({
			message: `The product was added to the deal (Deal Product ID 77), but ${words}: WoofedCRM refused the request: No`,
			httpCode: 422,
			mayHaveBeenApplied: true,
		});
		expect(failure.description).toContain('Do not run this again');
	});

	test.each(noIds)(
		'is told to be there when the answer names %j in place of its ID, and nothing else is sent',
		async (id) => {
			const { ask, calls } = scripted({ id });

			const failure = await failureBy(addToDeal(ask, call));

			expect(failure.message).toContain(
				'The product was added to the deal (WoofedCRM returned no ID), but without its price: The response contains no usable ID of the product on the deal',
			);
			expect(failure.mayHaveBeenApplied).toBe(true);
			expect(calls).toHaveLength(1);
		},
	);

	test.each([null, '', 'ok', [], 7])('is told to be there when the answer is %j', async (answer) => {
		expect((await failureBy(addToDeal(scripted(answer).ask, call))).message).toContain(
			'The product was added to the deal',
		);
	});
});

describe('a deal that was written to a stage', () => {
	const inStage = { id: 7, stage_id: 4, pipeline_id: 1 };
	const whole = (pipeline_id: unknown) => ({ ...inStage, stage: { id: 4, pipeline_id } });

	test.each<[string, unknown, IDataObject | undefined]>([
		['the stage was not written', inStage, { name: 'x' }],
		['nothing was written', inStage, undefined],
		['the answer tells no stage', { id: 7 }, { stage_id: 4 }],
		['the answer is empty', null, { stage_id: 4 }],
		['the answer is text', 'ok', { stage_id: 4 }],
	])('is not looked at again when %s', async (_, answer, body) => {
		const { ask, calls } = scripted();

		expect(await settled(ask, answer, body)).toBe(answer);
		expect(calls).toEqual([]);
	});

	test.each<[string, unknown]>([
		['its pipeline is that of its stage', whole(1)],
		['it comes as text', { ...whole(1), pipeline_id: '1' }],
		['an older version does not tell the stage', inStage],
		['the pipeline of the stage is not told', whole(null)],
		['the pipeline of the stage is no number', whole({ toString: 1 })],
		['the answer is empty', null],
	])('is left where it is when %s', async (_, deal) => {
		const { ask, calls } = scripted(deal);

		expect(await settled(ask, inStage, { stage_id: 4 })).toBe(inStage);
		expect(calls).toEqual([{ method: 'GET', effect: 'reads', path: '/deals/7', query: {} }]);
	});

	test.each([2, '2', undefined])(
		'is moved to the pipeline of its stage, which the answer tells as %j',
		async (pipeline_id) => {
			const moved = { id: 7, pipeline_id };
			const { ask, calls } = scripted(whole(2), moved);

			expect(await settled(ask, inStage, { stage_id: '4' })).toBe(moved);
			expect(calls[1]).toEqual({
				method: 'PUT',
				effect: 'writes',
				path: '/deals/7',
				query: {},
				body: { stage_id: '4', pipeline_id: 2 },
			});
		},
	);

	test.each<[unknown, string]>([
		[1, '1'],
		[{ toString: 1 }, '{"toString":1}'],
	])('that WoofedCRM leaves in pipeline %j is told', async (pipeline_id, words) => {
		const failure = await failureBy(settled(scripted(whole(2), { pipeline_id }).ask, inStage, { stage_id: 4 }));

		expect(failure).toEqual({
			message: `The deal was written, but the node could not check that its stage belongs to its pipeline: WoofedCRM left the deal in pipeline ${words}, but the stage belongs to pipeline 2`,
			description: 'You can safely run this again.',
			mayHaveBeenApplied: true,
			harmless: true,
		});
	});

	test('that could not be looked up is told, with what the vendor said', async () => {
		expect(await failureBy(settled(scripted(refused()).ask, inStage, { stage_id: 4 }))).toMatchObject({
			message: expect.stringContaining('to its pipeline: WoofedCRM refused the request: No'),
			httpCode: 422,
			harmless: true,
			mayHaveBeenApplied: true,
		});
	});

	test.each<[unknown, string]>([
		[5, '5'],
		[null, 'null'],
		[{ toString: 1 }, '{"toString":1}'],
	])('and came to stage %j instead is told', async (stage_id, words) => {
		expect(await failureBy(settled(scripted().ask, { id: 7, stage_id }, { stage_id: 4 }))).toEqual({
			message: `'Stage' must be an existing stage, but is 4. WoofedCRM put the deal into stage ${words}`,
			description:
				'All other values were written. Look up the correct stage and move the deal with Deal > Move to Stage.',
			mayHaveBeenApplied: true,
		});
	});

	test.each(noIds)('is told to be written when the answer names %j in place of its ID', async (id) => {
		const { ask, calls } = scripted();

		const failure = await failureBy(settled(ask, { ...inStage, id }, { stage_id: 4 }));

		expect(failure.message).toContain(
			'The deal was written, but the node could not check that its stage belongs to its pipeline: The response contains no usable ID of the deal',
		);
		expect(failure.mayHaveBeenApplied).toBe(true);
		expect(calls).toEqual([]);
	});

	test('keeps its attributes on request', async () => {
		const { ask, calls } = scripted({ custom_attributes: { b: 2 } }, inStage, whole(1));

		await writeDeal(ask, put({ stage_id: 4, custom_attributes: { a: 1 } }), { existing: 'merge' });

		expect(linesOf(calls)).toEqual(['GET /deals/7', 'PUT /deals/7', 'GET /deals/7']);
		expect(calls[1].body).toEqual({ stage_id: 4, custom_attributes: { b: 2, a: 1 } });
	});
});

describe('a deal by contact and name', () => {
	const call: ApiRequest = {
		method: 'POST',
		effect: 'writes',
		path: '/deals',
		query: {},
		body: { contact_id: 3, name: ' Plan ', stage_id: 1, pipeline_id: 9 },
	};
	const input = { contact_id: 3, name: ' Plan ', stage_id: 1 };

	test.each<[string, unknown]>([
		['of another contact', { id: 8, name: 'Plan', contact_id: 4 }],
		['of a contact that is no ID', { id: 8, name: 'Plan', contact_id: { toString: 'x' } }],
		['of another case', { id: 8, name: 'PLAN', contact_id: 3 }],
		['without a name', { id: 8, contact_id: 3 }],
	])('is created although there is one %s', async (_, deal) => {
		const { ask, calls } = scripted({ data: [deal] }, { id: 9 });

		expect(await upsertDeal(ask, call, input)).toEqual({ id: 9 });
		expect(calls).toEqual([
			{
				method: 'POST',
				effect: 'reads',
				path: '/deals/search',
				query: {},
				body: { query: { contact_id_eq: 3, name_eq: 'Plan', s: 'id asc' }, page: 1 },
			},
			{ ...call, body: { contact_id: 3, name: 'Plan', stage_id: 1 } },
		]);
	});

	test('is updated when it is the only one', async () => {
		const { ask, calls } = scripted({ data: [{ id: 8, name: 'Plan', contact_id: '3' }] }, { id: 8 });

		await upsertDeal(ask, call, input);

		expect(calls[1]).toEqual({
			method: 'PUT',
			effect: 'writes',
			path: '/deals/8',
			query: {},
			body: { contact_id: 3, name: 'Plan', stage_id: 1, pipeline_id: 9 },
		});
	});

	test('is told to need its stage when there is none', async () => {
		expect(await failureBy(upsertDeal(scripted({ data: [] }).ask, call, { ...input, stage_id: undefined }))).toEqual({
			message: "'Stage' is empty, but the contact has no deal with the name 'Plan', and a new deal needs a stage",
			description: "Nothing was changed. Choose a 'Stage', or use Deal > Update for an existing deal.",
		});
	});

	test('is refused when several fit, by ID and status', async () => {
		const deals = [
			{ id: 8, status: 'open' },
			{ id: { toString: 1 }, status: { toString: 1 } },
		].map((deal) => ({ ...deal, name: 'Plan', contact_id: 3 }));

		expect(await failureBy(upsertDeal(scripted({ data: deals }).ask, call, input))).toEqual({
			message: `The contact has 2 deals with the name 'Plan': ID 8 (open), ID {"toString":1} ({"toString":1})`,
			description: 'Nothing was changed. Rename all but one of them, or use Deal > Update with the ID.',
			ownCode: 'AMBIGUOUS',
		});
	});

	test.each(noIds)('is not written when the answer names %j in place of its ID', async (id) => {
		const { ask, calls } = scripted({ data: [{ id, name: 'Plan', contact_id: 3 }] });

		expect((await failureBy(upsertDeal(ask, call, input))).message).toContain(
			'The response contains no usable ID of the deal',
		);
		expect(calls).toHaveLength(1);
	});
});
