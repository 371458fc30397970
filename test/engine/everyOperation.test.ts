import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choicesOf, placedFields } from '../../nodes/shared/form/operation';
import { recordsIn } from '../../nodes/shared/run/output';
import { examplesOf } from '../contract/examples';
import { contractOf, documentedOperation } from '../sandbox/contract';
import { Bench, pack, type NodeName } from '../support/run';
import { operations } from '../support/vendors';
import type { Sample } from './samples/sample';
import { steps, type Step } from './samples/steps';

const bench = new Bench();

/** Operations of several requests have tests of their own. */
const ofOneRequest = steps.filter(({ place }) => !place.operation.run);

/** What the contract's example answers; an operation that no page documents takes any object. */
function goodAnswer({ node, name, place: { operation } }: Step): unknown {
	if (!operation.contract) return { id: 45 };
	const [example] = examplesOf(contractOf(node), documentedOperation(node, operation.contract, name).operation, /^2/);
	return example?.body;
}

/** Whether that example is a list without a record. */
function findsNone(step: Step): boolean {
	const { operation } = step.place;
	const body = goodAnswer(step);
	return (operation.many ? operation.many.records(body) : recordsIn(operation, body)).length === 0;
}

/** The second of three requests is refused, the others are answered well. */
function refuseSecond(step: Step): void {
	const { faults } = bench.sandbox.vendors[step.node];
	const good = { kind: 'answer' as const, reply: { status: 200, body: goodAnswer(step) } };
	faults.add({ ...good, times: 1 });
	faults.add({
		kind: 'answer',
		reply: { status: 422, body: { message: 'No', errors: ['No'], ExceptionType: 'MXNo', ExceptionMessage: 'No' } },
		times: 1,
	});
	faults.add(good);
}

const items = [{ place: 'first' }, { place: 'second' }, { place: 'third' }];

/** The same files for each item, where a sample has some. */
const filesFor = (count: number, binary: Sample['binary']) =>
	binary ? Array.from({ length: count }, () => binary) : undefined;

/** What to do where nobody but a person can fill in the form. */
const wantsSample = (node: NodeName) => `add a filled-in form to the samples in test/vendors/${node}`;

test('examples and samples use every operation of every node', () => {
	const used = new Set(steps.map(({ place }) => place));
	const unused = operations.filter((place) => !used.has(place));

	expect(
		unused.map(({ title, parts }) => `${title} has no sample, and none can be derived: ${wantsSample(parts.name)}`),
	).toEqual([]);
});

test.each(steps)(
	'$node: $name succeeds, and pairs its output with the input',
	async ({ node, parameters, binary, isDerived, place: { title, operation } }) => {
		const { items: output, error } = await bench.run(node, parameters, { binary: filesFor(1, binary) });

		const { requests } = bench.sandbox.vendors[node];
		if (isDerived && error)
			throw new Error(`${title}: the derived sample fails, so ${wantsSample(node)}: ${error.message}`);
		expect(error).toBeUndefined();
		expect(requests.map(({ status, problems }) => [Math.floor(status! / 100), problems])).toEqual(
			requests.map(() => [2, undefined]),
		);
		expect(requests.length === 1 || operation.run !== undefined || operation.many !== undefined).toBe(true);
		expect(output.length > 0 || operation.effect === 'reads').toBe(true);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(output.map(() => ({ item: 0 })));
	},
);

describe.each(ofOneRequest)('$node: $name', (step) => {
	const { node, binary } = step;
	// One record is one page, of a list that says nothing of others too.
	const parameters = { ...step.parameters, returnAll: false, limit: 1 };

	test('a refused item takes the error output, the others go on', async () => {
		refuseSecond(step);

		const run = await bench.run(node, parameters, {
			items,
			binary: filesFor(items.length, binary),
			settings: { onError: 'continueErrorOutput' },
		});

		const itemsOf = (outputs: typeof run.items) => [
			...new Set(outputs.map(({ pairedItem }) => (pairedItem as { item: number }).item)),
		];
		const others = [0, 1, 2].filter((item) => !itemsOf(run.errors).includes(item));
		expect(others).toHaveLength(2);
		expect(itemsOf(run.items).sort()).toEqual(findsNone(step) ? [] : others);
		expect(run.errors).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					place: expect.any(String),
					error: expect.objectContaining({ message: expect.stringContaining('refused the request'), httpCode: 422 }),
				}),
			}),
		]);
	});

	test('a refused item stops the node in stop mode', async () => {
		bench.sandbox.vendors[node].faults.add({
			kind: 'answer',
			reply: { status: 422, body: { message: 'No', ExceptionType: 'MXNo' } },
		});

		const { error, items: output } = await bench.run(node, parameters, { binary: filesFor(1, binary) });

		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '422', context: { itemIndex: 0 } });
		expect(output).toEqual([]);
	});
});

/** Every filter of every list, in a form that is filled in otherwise. */
const filters = [...new Map(steps.map((step) => [step.place, step])).values()].flatMap((step) =>
	placedFields(step.place.operation.fields)
		.filter(({ open, field }) => step.place.operation.many && !open && !field.spec.hidden)
		.map(({ key, field }) => ({ ...step, title: step.place.title, key, label: field.spec.label })),
);

test.each(filters)('$title lists nothing when the filter $key is empty', async ({ node, parameters, key, label }) => {
	const { error } = await bench.run(node, { ...parameters, filters: { [key]: '={{ "" }}' } });

	expect([
		`'${label}' is empty. Enter a value or remove the field [item 0]`,
		`'${label}' must be true or false, but is empty [item 0]`,
	]).toContain(error?.message);
	expect(bench.sandbox.vendors[node].requests).toEqual([]);
});

/** A filled-in form once for each way of its choices. */
function waysOf({ place: { operation }, parameters }: Step): IDataObject[] {
	return choicesOf(operation.fields).reduce<IDataObject[]>(
		(ways, [choice, { variants }]) =>
			ways.flatMap((way) => Object.keys(variants).map((value) => ({ ...way, [choice]: value }))),
		[parameters],
	);
}

/** Every form element that an operation's form marks as required, once. */
const required = steps.flatMap((step) => {
	const { properties } = pack.nodeTypes[`n8n-nodes-crm-pack.${step.node}`].description;
	const isShown = ({ displayOptions }: INodeProperties, values: IDataObject) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, allowed]) =>
			(allowed as unknown[]).includes(values[name]),
		);
	return waysOf(step).flatMap((parameters) =>
		properties
			.filter((element) => element.required && isShown(element, parameters))
			.map(({ name: key, displayName: label }) => ({ ...step, parameters, key, label })),
	);
});
const nameOf = ({ node, parameters, key, label }: (typeof required)[number]) =>
	`${node} ${String(parameters.resource)} ${String(parameters.operation)} ${key} (${label})`;
const requiredOnce = required.filter(
	(entry, index) => required.findIndex((other) => nameOf(other) === nameOf(entry)) === index,
);

test.each(requiredOnce)(
	'$node: $name sends nothing when $key is empty',
	async ({ node, parameters, binary, key, label }) => {
		const { error } = await bench.run(node, { ...parameters, [key]: '={{ "" }}' }, { binary: filesFor(1, binary) });

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: `'${label}' is required but empty [item 0]`,
		});
		expect(bench.sandbox.vendors[node].requests).toEqual([]);
	},
);

test('the forms mark each field as required that its operation cannot do without', () => {
	const needed = operations.flatMap(({ parts, resource, value, operation }) =>
		placedFields(operation.fields)
			.filter(({ field }) => field.spec.required && !field.spec.hidden)
			.map(({ key, field }) => `${parts.name} ${resource} ${value} ${key} (${field.spec.label})`),
	);

	expect(requiredOnce.map(nameOf).sort()).toEqual([...new Set(needed)].sort());
});
