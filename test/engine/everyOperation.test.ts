import { placedFields } from '../../nodes/shared/operation';
import { Bench, type NodeName } from '../support/run';
import { operations } from '../support/vendors';
import { samples, type Sample } from './samples';
import { steps } from './samples/steps';

const bench = new Bench();

/** Operations of several requests have tests of their own. */
const ofOneRequest = steps.filter(({ place }) => !place.operation.run);

/** The second of three requests is refused, the others get a record back. */
function refuseSecond(node: NodeName, operation: string): void {
	const { faults } = bench.sandbox.vendors[node];
	const record = { id: 45, task: { id: 45 }, success: true, Status: 'Success', Message: { Id: '45' }, data: [{ id: 45 }] };
	const good = { kind: 'answer' as const, reply: { status: 200, body: operation === 'getAll' ? { data: [{ id: 45 }], pipelines: [{ id: 45 }] } : record } };
	faults.add({ ...good, times: 1 });
	faults.add({ kind: 'answer', reply: { status: 422, body: { message: 'No', errors: ['No'], ExceptionType: 'MXNo', ExceptionMessage: 'No' } }, times: 1 });
	faults.add(good);
}

const items = [{ place: 'first' }, { place: 'second' }, { place: 'third' }];

/** The same files for each item, where a sample has some. */
const filesFor = (count: number, binary: Sample['binary']) => (binary ? Array.from({ length: count }, () => binary) : undefined);

test('examples and samples use every operation of every node', () => {
	const used = new Set(steps.map(({ node, parameters }) => `${node} ${String(parameters.resource)} ${String(parameters.operation)}`));

	expect(operations.map(({ parts, resource, value }) => `${parts.name} ${resource} ${value}`).filter((name) => !used.has(name))).toEqual([]);
});

test.each(samples)('the sample $node: $name succeeds on a fresh sandbox', async ({ node, parameters, binary }) => {
	const { error } = await bench.run(node, parameters, { binary: filesFor(1, binary) });

	expect(error).toBeUndefined();
	expect(bench.sandbox.vendors[node].requests.every(({ status, problems }) => Math.floor((status ?? 0) / 100) === 2 && problems === undefined)).toBe(true);
});

describe.each(ofOneRequest)('$node: $name', ({ node, parameters, binary }) => {
	test('sends what the contract takes, and pairs its output with the input', async () => {
		await bench.run(node, parameters, { binary: filesFor(1, binary) });

		expect(bench.sandbox.vendors[node].requests).toHaveLength(1);
		expect(bench.sandbox.vendors[node].requests[0].problems).toBeUndefined();
	});

	test('a refused item takes the error output, the others go on', async () => {
		refuseSecond(node, String(parameters.operation));

		const run = await bench.run(node, parameters, { items, binary: filesFor(items.length, binary), settings: { onError: 'continueErrorOutput' } });

		expect([...run.items, ...run.errors].map(({ pairedItem }) => (pairedItem as { item: number }).item).sort()).toEqual([0, 1, 2]);
		expect(run.errors).toEqual([expect.objectContaining({ json: expect.objectContaining({ place: expect.any(String), error: expect.objectContaining({ message: expect.stringContaining('refused the request'), httpCode: 422 }) }) })]);
	});

	test('a refused item stops the node in stop mode', async () => {
		bench.sandbox.vendors[node].faults.add({ kind: 'answer', reply: { status: 422, body: { message: 'No', ExceptionType: 'MXNo' } } });

		const { error, items: output } = await bench.run(node, parameters, { binary: filesFor(1, binary) });

		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '422', context: { itemIndex: 0 } });
		expect(output).toEqual([]);
	});
});

/** Every filter of every list. */
const filters = operations
	.filter(({ operation }) => operation.many)
	.flatMap(({ title, parts, resource, value, operation }) => placedFields(operation.fields).filter(({ open, field }) => !open && !field.spec.hidden).map(({ key, field }) => ({ title, node: parts.name, resource, value, key, label: field.spec.label })));

test.each(filters)('$title lists nothing when the filter $key came empty', async ({ node, resource, value, key, label }) => {
	const { error } = await bench.run(node, { resource, operation: value, filters: { [key]: '={{ "" }}' } });

	expect(error?.message).toContain(`'${label}' was added and came empty`);
	expect(bench.sandbox.vendors[node].requests).toEqual([]);
});
