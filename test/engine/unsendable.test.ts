import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runWorkflow } from './engine';
import { Bench, failureIn, pack, workflowOf } from '../support/run';
import { byId } from './forms';

const bench = new Bench();

const half = '\ud83d';
const halfTold = 'contains half of a character (\\ud83d), which cannot be sent';
const nulTold = 'contains the character NUL (\\u0000), which cannot be sent';

/** Each way in which text leaves: in a body, in a list or a row of it, as custom fields, in the query, in the path of a request of the user's own. */
test.each<[string, 'syncroChat' | 'woofedCrm' | 'leadSquared', IDataObject, string]>([
	[
		'text of the body',
		'woofedCrm',
		{ resource: 'dealEvent', operation: 'createNote', deal_id: byId(1), content: '={{ $json.text }}' },
		"'Content'",
	],
	[
		'a list',
		'syncroChat',
		{
			resource: 'lead',
			operation: 'create',
			name: 'Ana',
			pipeline_id: byId(1),
			stage_id: byId(1),
			additionalFields: { tags: '={{ ["a", $json.text] }}' },
		},
		"'Tags' (row 2)",
	],
	[
		'custom attributes',
		'woofedCrm',
		{
			resource: 'contact',
			operation: 'create',
			full_name: 'Ana',
			additionalFields: { custom_attributes: '={{ ({ a: { b: $json.text } }) }}' },
		},
		"'Custom Attributes' ('a', 'b')",
	],
	[
		'a filter in the query',
		'syncroChat',
		{ resource: 'lead', operation: 'getAll', filters: { q: '={{ $json.text }}' } },
		"'Search'",
	],
	[
		'mapped fields',
		'leadSquared',
		{ resource: 'lead', operation: 'create', LastName: 'x', leadFields: mapped('={{ $json.text }}') },
		"'Other Fields' ('mx_City')",
	],
	[
		'the query of a request of the own',
		'syncroChat',
		{
			resource: 'api',
			operation: 'request',
			method: 'GET',
			path: '/tasks',
			queryParameters: { values: [{ name: 'q', value: '={{ $json.text }}' }] },
		},
		"'Query Parameters' (row 1, 'value')",
	],
	[
		'the name of a query parameter',
		'syncroChat',
		{
			resource: 'api',
			operation: 'request',
			method: 'GET',
			path: '/tasks',
			queryParameters: { values: [{ name: '={{ $json.text }}', value: 'x' }] },
		},
		"'Query Parameters' (row 1, 'name')",
	],
	[
		'the body of a request of the own',
		'syncroChat',
		{
			resource: 'api',
			operation: 'request',
			method: 'POST',
			path: '/tasks',
			body: '={{ JSON.stringify({ subject: $json.text }) }}',
		},
		"'Body' ('subject')",
	],
	[
		'the text of Once Per',
		'woofedCrm',
		{
			resource: 'dealEvent',
			operation: 'createNote',
			deal_id: byId(1),
			content: 'x',
			options: { oncePer: '={{ $json.text }}' },
		},
		"'Once Per'",
	],
])(
	'half of a character and NUL in %s are refused by name, and the other items go',
	async (_name, node, parameters, place) => {
		const items = [{ text: `Oi ${half}` }, { text: 'a\0b' }, { text: 'Oi 👍' }];
		const { items: output } = await bench.run(node, parameters, {
			items,
			settings: { onError: 'continueRegularOutput' },
		});

		expect(output.slice(0, 2).map((item) => failureIn(item).message)).toEqual([
			`${place} ${halfTold} [item 0]`,
			`${place} ${nulTold} [item 1]`,
		]);
		expect(failureIn(output[0]).description).toContain('Cut the text by characters');
		expect(failureIn(output[1]).description).toContain('replaceAll');
		expect(bench.sandbox.vendors[node].requests).toHaveLength(1);
	},
);

function mapped(value: string): IDataObject {
	return {
		mappingMode: 'defineBelow',
		value: { mx_City: value },
		schema: [{ id: 'mx_City', displayName: 'City', required: false, display: true, type: 'string' }],
	};
}

test('a path of a request of the own takes neither', async () => {
	const form = { resource: 'api', operation: 'request', method: 'GET', path: '={{ $json.path }}' };
	const { items } = await bench.run('syncroChat', form, {
		items: [{ path: `/a${half}` }, { path: '/a\0' }],
		settings: { onError: 'continueRegularOutput' },
	});

	expect(items.map((item) => failureIn(item).message)).toEqual([
		expect.stringMatching(/^'Path' must be a path/),
		expect.stringMatching(/^'Path' must not contain control characters/),
	]);
});

/** Data that a Code node can put into an item, and that neither JSON nor a clone of the structure holds. */
function strange(): Array<[string, IDataObject]> {
	const circular: IDataObject = {};
	circular.itself = circular;
	const throwing = Object.defineProperty({} as IDataObject, 'value', {
		enumerable: true,
		get: () => {
			throw new TypeError('unreadable');
		},
	});
	return [
		['a function', { value: (() => 1) as never }],
		['a BigInt', { value: { big: 10n } as never }],
		['an object that holds itself', { value: circular }],
		['a getter that throws', { value: throwing }],
		['a symbol', { value: { sign: Symbol('a') } as never }],
	];
}

describe.each(strange())('an item with %s', (_name, json) => {
	const note = { resource: 'dealEvent', operation: 'createNote', deal_id: byId(1), content: '={{ $json.text }}' };
	const run = async (node: 'woofedCrm' | 'leadSquared', parameters: IDataObject, items: IDataObject[]) => {
		const data = await runWorkflow(workflowOf(node, parameters, { onError: 'continueRegularOutput' }), {
			pack,
			credentials: bench.sandbox.credentials,
			items: items.map((one): INodeExecutionData => ({ json: one })),
		});
		const { runData, error } = data.data.resultData;
		expect(error).toBeUndefined();
		expect(runData.CRM[0].hints ?? []).toEqual([]);
		return runData.CRM[0].data!.main[0]!;
	};

	test('goes where the value is not used, and so do those behind it', async () => {
		const output = await run('woofedCrm', note, [{ text: 'one' }, { ...json, text: 'two' }, { text: 'three' }]);

		expect(output.map((item) => failureIn(item).message)).toEqual([undefined, undefined, undefined]);
		expect(bench.sandbox.vendors.woofedCrm.requests.map(({ body }) => (body as IDataObject).content)).toEqual([
			'one',
			'two',
			'three',
		]);
	});

	test.each([
		[
			'woofedCrm',
			{
				resource: 'contact',
				operation: 'create',
				full_name: 'Ana',
				additionalFields: { custom_attributes: '={{ $json.attributes }}' },
			},
		],
		[
			'leadSquared',
			{
				resource: 'lead',
				operation: 'create',
				LastName: 'Ana',
				leadFields: { ...mapped('={{ $json.attributes.value }}') },
				options: { sendInBulk: true },
			},
		],
	] as const)('that is used in a request of %s fails alone', async (node, form) => {
		const output = await run(node, form, [
			{ attributes: { value: 'a' } },
			{ attributes: json },
			{ attributes: { value: 'c' } },
		]);

		expect(output.map((item) => failureIn(item).message === undefined)).toEqual([true, false, true]);
		expect(failureIn(output[1]).mayHaveBeenApplied).toBeUndefined();
	});
});
