import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Bench, pack, type NodeName } from '../support/run';
import { runWorkflow, type WorkflowFile } from './engine';
import { byId, createTask } from './forms';

const bench = new Bench();
const folder = path.join(__dirname, '..', '..', 'examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowFile;

/** More records for the lists that the examples read: two other pending tasks of the lead. */
async function fillLists(): Promise<number[]> {
	const { items } = await bench.run(
		'syncroChat',
		{ ...createTask, additionalFields: { lead_id: byId(123) } },
		{ items: [{}, {}] },
	);
	bench.sandbox.vendors.syncroChat.requests.length = 0;
	return items.map(({ json }) => json.id as number);
}

/** Runs an example for some items, and tells of each step what it asked for and gave out. */
async function runExample(file: string, count: number) {
	const workflow = read(file);
	const steps = workflow.nodes.filter(({ type }) => pack.nodeTypes[type] !== undefined);
	const { requests } = bench.sandbox.vendors[steps[0].type.split('.')[1] as NodeName];
	const items = Array.from({ length: count }, () => ({ json: {} }));
	const run = await runWorkflow(workflow, { pack, credentials: bench.sandbox.credentials, items });
	return {
		run,
		requests,
		steps: steps.map(({ name, parameters }, index) => ({
			name,
			isList: parameters.operation === 'getAll',
			runs: run.data.resultData.runData[name]?.length,
			asked: requests.slice(index * count, (index + 1) * count),
			items: run.data.resultData.runData[name]?.[0].data?.main[0] ?? [],
		})),
	};
}

/** The record that a request is about: `/api/v1/tasks/45`. */
const idOf = ({ path: asked }: { path: string }) => Number(asked.split('/')[4]);

describe.each(files)('%s', (file) => {
	test.each([1, 2])('is done once for each of %s items, however long the lists are', async (count) => {
		await fillLists();

		const { run, requests, steps } = await runExample(file, count);

		expect(run.data.resultData.error).toBeUndefined();
		expect(requests.filter(({ status, problems }) => (status ?? 500) >= 300 || problems)).toEqual([]);
		expect(requests).toHaveLength(steps.length * count);
		expect(steps.map(({ runs }) => runs)).toEqual(steps.map(() => 1));
		const pairs = [{ item: 0 }, { item: 1 }].slice(0, count);
		for (const { items } of steps.filter(({ isList }) => !isList))
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
	});
});

describe('the life of a task in Syncro Chat, with two other pending tasks on the lead', () => {
	test('each task that was created is read, changed and deleted, and no other', async () => {
		const others = await fillLists();

		const { steps } = await runExample('syncro-chat-task.json', 2);

		const created = steps[0].items.map(({ json }) => json.id as number);
		const ofRecords = steps.filter(({ name, isList }) => name !== 'Create task' && !isList);
		expect(ofRecords.map(({ name }) => name)).toEqual([
			'Get task',
			'Update task',
			'Toggle task',
			'Reopen task',
			'Complete task',
			'Delete task',
		]);
		for (const { asked } of ofRecords) expect(asked.map(idOf).sort()).toEqual(created);
		expect(created.filter((id) => others.includes(id))).toEqual([]);
		expect(ofRecords.slice(0, -1).map(({ items }) => items.map(({ json }) => json.id))).toEqual(
			Array.from({ length: 5 }, () => created),
		);
	});

	test('the list gives out several tasks, and none of them goes to another step', async () => {
		await fillLists();

		const { steps } = await runExample('syncro-chat-task.json', 1);

		expect(steps.find(({ isList }) => isList)!.items.length).toBeGreaterThan(2);
		expect(steps.filter(({ isList }) => !isList).map(({ items }) => items.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
	});

	test('the task has the state that each step says', async () => {
		const { steps } = await runExample('syncro-chat-task.json', 1);

		const states = Object.fromEntries(steps.map(({ name, items }) => [name, (items[0].json as IDataObject).status]));
		expect(states).toMatchObject({
			'Create task': 'pending',
			'Toggle task': 'completed',
			'Reopen task': 'pending',
			'Complete task': 'completed',
		});
	});
});
