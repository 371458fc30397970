import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../../nodes/shared/base/failure';
import { imaginedPages, runImagined } from '../support/imagined';
import { create, inputsOf, loseAnswer, named, pages, refuse, sentNames } from '../support/imaginedItems';

describe("n8n's Retry On Fail", () => {
	const node = { retryOnFail: true };
	const inOrder = (items: object[]) => items.map((item) => ({ ...item, options: { requestsInParallel: 1 } }));

	test('sends what was finished never again, and gives out what it gave', async () => {
		const inputs = inputsOf(3);
		const items = inOrder(named('a', 'b', 'c'));
		await runImagined(create, { items, inputs, node, answer: refuse('b') });

		const again = await runImagined(create, { items, inputs, node, answer: () => ({ body: { id: 'second' } }) });

		expect(sentNames(again)).toEqual(['b', 'c']);
		expect(again.output.map(({ json }) => json.id)).toEqual(['a', 'second', 'second']);
	});

	test('what one node finished does not make another skip', async () => {
		const inputs = inputsOf(2);
		await runImagined(create, { items: named('a', 'b'), inputs, node: { ...node, id: 'first' } });

		const other = await runImagined(create, {
			items: named('c', 'd'),
			inputs,
			node: { ...node, id: 'second' },
			answer: refuse(),
		});

		expect(sentNames(other)).toEqual(['c', 'd']);
		expect(other.output.map(({ json }) => json.id)).toEqual(['c', 'd']);
	});

	test('without it a second run with the same items sends them all', async () => {
		const inputs = inputsOf(2);
		await runImagined(create, { items: named('a', 'b'), inputs });

		expect(sentNames(await runImagined(create, { items: named('a', 'b'), inputs }))).toEqual(['a', 'b']);
	});

	test('an item that may have been carried out is not sent again, and fails as it did', async () => {
		const inputs = inputsOf(1);
		const first = await runImagined(create, { items: named('a'), inputs, node, answer: loseAnswer('a') });

		const again = await runImagined(create, { items: named('a'), inputs, node });

		expect(again.requests).toEqual([]);
		expect(first.error?.message).toContain('may have been carried out');
		expect(again.error?.message).toBe(first.error?.message);
	});

	test('an item whose failure is harmless is sent again although it wrote', async () => {
		const inputs = inputsOf(1);
		const harmless = {
			...create,
			run: (async () =>
				await Promise.reject(
					new FailureError({ message: 'Half done', mayHaveBeenApplied: true, harmless: true }),
				)) as never,
		};
		await runImagined(harmless, { items: named('a'), inputs, node });

		expect(sentNames(await runImagined(create, { items: named('a'), inputs, node }))).toEqual(['a']);
	});

	test('an item that failed its checks is checked again', async () => {
		const inputs = inputsOf(1);
		await runImagined(create, { items: named(''), inputs, node, goesOn: true });

		expect(sentNames(await runImagined(create, { items: named('a'), inputs, node, goesOn: true }))).toEqual(['a']);
	});
});

describe('an AI agent', () => {
	const context = { isToolExecution: () => true };

	test('gets the failure of an item as its result, with the advice in its message', async () => {
		const { output, error } = await runImagined(create, { items: named('', 'b'), context });

		expect(error).toBeUndefined();
		expect((output[0].json.error as IDataObject).message).toBe(
			"'Name' is required but empty [item 0]. Nothing was sent for this item. Correct the value or its expression.",
		);
		expect(output[1].json).toEqual({ id: 1 });
	});

	test('is told in words that nothing was found', async () => {
		const run = async (more: object) =>
			await runImagined(
				{ request: 'GET /things', many: imaginedPages, action: 'Get many things' },
				{ answer: pages(0), ...more },
			);

		expect((await run({ context })).output).toEqual([
			{
				json: { result: 'Nothing was found (Get many things). This is not a failure: no record matches the filters.' },
				pairedItem: { item: 0 },
			},
		]);
		expect((await run({ node: { type: 'imaginedTool' } })).output).toHaveLength(1);
		expect((await run({ context: { isToolExecution: () => false } })).output).toEqual([]);
		expect((await run({ context: { isToolExecution: undefined } })).output).toEqual([]);
	});

	test('gets what was found without further words', async () => {
		const { output } = await runImagined(
			{ request: 'GET /things', many: imaginedPages },
			{ answer: pages(1), context },
		);

		expect(output).toHaveLength(1);
		expect(output[0].json).toMatchObject({ id: 0 });
	});

	test('works in versions of n8n that give tools no hints', async () => {
		const { output, error } = await runImagined(
			{ remark: () => 'Look' },
			{ context: { ...context, addExecutionHints: undefined } },
		);

		expect([output.length, error]).toEqual([1, undefined]);
	});
});
