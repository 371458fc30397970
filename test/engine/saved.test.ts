import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fakeDate } from '../support/fakeDate';
import { Bench, pack, type NodeName } from '../support/run';
import { runWorkflow, type WorkflowFile } from './engine';

const bench = new Bench();
/** Workflows as users saved them with version 0.1.0, and the requests that they sent then. Neither is ever changed. */
const folder = path.join(__dirname, 'saved');
const read = (...names: string[]) => JSON.parse(readFileSync(path.join(folder, ...names), 'utf8')) as unknown;

// The workflows reckon from now; all but the clock's time is left as it is, or nothing would be sent.
beforeAll(() => fakeDate(Date.parse('2026-03-10T12:00:00Z')));
afterAll(() => jest.useRealTimers());

test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))(
	'%s, saved with 0.1.0, sends what it sent then',
	async (file) => {
		const workflow = read(file) as WorkflowFile;
		const vendor = workflow.nodes.find(({ type }) => pack.nodeTypes[type])!.type.split('.')[1] as NodeName;

		const run = await runWorkflow(workflow, { pack, credentials: bench.sandbox.credentials });

		expect(run.data.resultData.error).toBeUndefined();
		expect(JSON.parse(JSON.stringify(bench.sent(vendor)))).toEqual(read('requests', file));
	},
);
