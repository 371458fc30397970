import Table from 'cli-table3';
import type { IDataObject, IRun } from 'n8n-workflow';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runWorkflow, type WorkflowFile } from '../engine/engine';
import { loadPack } from '../engine/pack';
import { startSandbox, type Sandbox } from '../sandbox';
import type { VendorName } from '../sandbox/contract';
import { WebhookHost } from '../support/webhookHost';

/** A step of an example workflow: the request and the response. */
interface DemoResult {
	node: string;
	/** The name of the node in the workflow. */
	step: string;
	resource: string;
	operation: string;
	method: string;
	path: string;
	status: number | null;
	ok: boolean;
	output: string;
}

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');
/** The stage of the sandbox in which a lead is won. */
const WON_STAGE = 10;
const pack = loadPack('build');
const say = (text: string) => process.stderr.write(`${text}\n`);

/** Executes an example in n8n's engine against the sandbox. */
async function runExample(file: WorkflowFile, sandbox: Sandbox): Promise<DemoResult[]> {
	const steps = file.nodes.filter(({ type }) => pack.nodeTypes[type] !== undefined);
	const vendor = pack.nodeTypes[steps[0].type].description.name as VendorName;
	const before = sandbox.vendors[vendor].requests.length;
	const run = await runWorkflow(file, { pack, credentials: sandbox.credentials });
	const requests = sandbox.vendors[vendor].requests.slice(before);
	// Every step of an example sends exactly one request, so steps and requests have the same order.
	return steps.map((step, index) => {
		const { displayName, name } = pack.nodeTypes[step.type].description;
		const { resource, operation } = step.parameters as { resource: string; operation: string };
		const sent = requests[index];
		const task = run.data.resultData.runData[step.name]?.[0];
		const ok =
			task?.executionStatus === 'success' &&
			(sent?.status ?? 500) < 300 &&
			sent.problems === undefined &&
			requests.length === steps.length;
		say(`  ${ok ? '✓' : '✗'} ${displayName}: ${step.name}`);
		return {
			node: name,
			step: step.name,
			resource,
			operation,
			method: sent?.method ?? '',
			path: sent?.path ?? '',
			status: sent?.status ?? null,
			ok,
			output: outputOf(run, step.name),
		};
	});
}

/** Runs a trigger: it subscribes, the CRM reports a won lead, and the workflow creates its task. */
async function runRound(sandbox: Sandbox): Promise<DemoResult> {
	const name = 'syncro-chat-won-lead-task.json';
	const file = JSON.parse(readFileSync(path.join(EXAMPLES, 'triggers', name), 'utf8')) as WorkflowFile;
	say(`\n${file.name} (examples/triggers/${name})`);
	const vendor = sandbox.vendors.syncroChat;
	const { parameters } = file.nodes.find(({ type }) => type.endsWith('Trigger'))!;
	const host = new WebhookHost({
		node: 'syncroChatTrigger',
		parameters: parameters as IDataObject,
		credentials: sandbox.credentials,
		pack,
	});
	try {
		host.baseUrl = await host.listen();
		await host.activate();
		const answer = await fetch(`${vendor.url}/api/v1/leads/123/won`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', 'x-api-key': 'crm_sandbox_key' },
			body: JSON.stringify({ stage_id: WON_STAGE }),
		});
		const [status] = await vendor.delivered();
		const run = await runWorkflow(file, { pack, credentials: sandbox.credentials, items: host.runs[0] });
		await host.deactivate();
		const ok =
			answer.ok && status === 200 && run.data.resultData.runData['Create task']?.[0]?.executionStatus === 'success';
		say(`  ${ok ? '✓' : '✗'} Syncro Chat Trigger: subscribed, received a won lead, created the task, unsubscribed`);
		return {
			node: 'syncroChatTrigger',
			step: 'Lead won: create task',
			resource: '',
			operation: 'lead.won',
			method: 'POST',
			path: '/webhook/…',
			status,
			ok,
			output: outputOf(run, 'Create task'),
		};
	} finally {
		await host.close();
	}
}

function outputOf(run: IRun, step: string): string {
	const task = run.data.resultData.runData[step]?.[0];
	if (task?.error) return task.error.message;
	return JSON.stringify(task?.data?.main[0]?.[0]?.json ?? {});
}

/** Widths of the columns. The output gets the rest of the terminal, if it is wide enough to read. */
const WIDTHS = { step: 28, request: 40, status: 8, leastOutput: 24 };

/** Prints a table with a group for each CRM, as wide as the terminal, or 80 columns without one. */
function print(results: DemoResult[]): void {
	const { step, request, status, leastOutput } = WIDTHS;
	const rest = (process.stdout.columns ?? 80) - step - request - status - 5;
	const hasOutput = rest >= leastOutput;
	const table = new Table({
		head: ['Step', 'Request sent', 'Status', ...(hasOutput ? ['Output'] : [])],
		colWidths: [step, request, status, ...(hasOutput ? [rest] : [])],
		wordWrap: true,
		wrapOnWordBoundary: false,
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
		style: { head: [], border: [] },
	});
	let group = '';
	for (const result of results) {
		const name = nodeNamed(result.node).displayName;
		if (name !== group) table.push([name, '', '', ...(hasOutput ? [''] : [])]);
		group = name;
		table.push([
			`\u00a0\u00a0${result.step}`,
			`${result.method} ${result.path}`,
			String(result.status ?? '-'),
			...(hasOutput ? [shortened(result.output, rest - 2)] : []),
		]);
	}
	console.log(table.toString());
}

const nodeNamed = (node: string) =>
	Object.values(pack.nodeTypes).find(({ description }) => description.name === node)!.description;
const shortened = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

async function main(): Promise<void> {
	const asJson = process.argv.includes('--json');
	say("Starting the CRMs as local servers, and n8n's own engine ...");
	const sandbox = await startSandbox();
	try {
		const results: DemoResult[] = [];
		for (const name of readdirSync(EXAMPLES)
			.filter((file) => file.endsWith('.json'))
			.sort()) {
			const file = JSON.parse(readFileSync(path.join(EXAMPLES, name), 'utf8')) as WorkflowFile;
			say(`\n${file.name} (examples/${name})`);
			results.push(...(await runExample(file, sandbox)));
		}
		results.push(await runRound(sandbox));
		const ok = results.length > 0 && results.every((result) => result.ok);
		if (asJson)
			console.log(JSON.stringify({ results: results.map(({ output: _output, ...result }) => result), ok }, null, 2));
		else conclude(results, ok);
		process.exitCode = ok ? 0 : 1;
	} finally {
		await sandbox.close();
	}
}

function conclude(results: DemoResult[], ok: boolean): void {
	print(results);
	const failed = results.filter((result) => !result.ok).length;
	console.log(
		ok
			? `\nAll ${results.length} steps ran in n8n's engine. The sandbox accepted their requests; it refuses every request that the vendors' API contracts don't allow.`
			: `\n${failed} of ${results.length} steps failed.`,
	);
	console.log(`
Try it in the editor: in n8n, open Settings > Community Nodes > Install and enter n8n-nodes-crm-pack.
Then import a file from examples/ into a workflow (menu ... > Import > From file; in n8n 1: Import from File) and select your credential in each node.
With a real account: create a key as the credential's help page explains, and replace the example IDs with those of your
account. The steps are then real: messages of the WoofedCRM and Wegly examples reach a customer.`);
}

// The engine keeps timers running, so the process has to exit explicitly.
void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
