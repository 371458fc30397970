import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { resources as leadSquaredResources } from '../../nodes/LeadSquared/resources';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { execute } from '../../nodes/shared/run/execute';
import { resources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { itemsOf, median, stubContext, timed, type Transport } from './stub';

const ROOT = path.join(__dirname, '..', '..');
const RECORDS = 20_000;
const PAGE = 200;

export interface Startup {
	/** Milliseconds to load the four nodes and credentials, n8n-workflow being there already. */
	loadMs: number;
	/** Megabytes of heap that they keep. */
	heapMb: number;
}

/** Cost of loading the built package, each time in a fresh process. */
export function startup(): Startup {
	const script = `
		require('n8n-workflow');
		const { n8n } = require('./package.json');
		global.gc();
		const before = process.memoryUsage().heapUsed;
		const start = performance.now();
		const kept = [...n8n.nodes, ...n8n.credentials].map((file) => new (require('./' + file)[require('path').basename(file).split('.')[0]])());
		const loadMs = performance.now() - start;
		global.gc();
		console.log(JSON.stringify({ loadMs, heapMb: (process.memoryUsage().heapUsed - before) / 1e6, count: kept.length }));
	`;
	const rounds = Array.from(
		{ length: 5 },
		() =>
			JSON.parse(
				execFileSync(process.execPath, ['--expose-gc', '-e', script], { cwd: ROOT, encoding: 'utf8' }),
			) as Startup,
	);
	return { loadMs: median(rounds.map(({ loadMs }) => loadMs)), heapMb: median(rounds.map(({ heapMb }) => heapMb)) };
}

/** Megabytes of heap in use. */
function collect(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

export interface Listing {
	/** Milliseconds a record costs in the pack, without HTTP. */
	msPerRecord: number;
	/** Most heap above the start, in megabytes, and how much of it the records themselves take. */
	peakHeapMb: number;
	recordsMb: number;
}

/** Return All over 20,000 records of 17 members, in pages of 200. */
export async function listing(): Promise<Listing> {
	const record = (id: number) => ({
		id,
		subject: `Task ${id}`,
		description: 'x'.repeat(50),
		type: 'email',
		status: 'pending',
		priority: 'high',
		due_date: '2026-07-01',
		due_time: '09:00',
		completed_at: null,
		lead_id: id,
		lead: { id, name: 'Lead' },
		assigned_to: 12,
		assigned_user: { id: 12, name: 'Ana' },
		notes: null,
		is_overdue: false,
		created_at: '2026-06-30T08:00:00Z',
		updated_at: '2026-06-30T08:00:00Z',
	});
	let peak = 0;
	const run = async (sample: boolean) =>
		await execute(
			stubContext({
				items: itemsOf(1),
				parameters: {
					resource: 'task',
					operation: 'getAll',
					returnAll: true,
					simplify: false,
					filters: {},
					options: {},
				},
				credentials: { apiKey: 'list', baseUrl: 'https://example.com', requestsPerWindow: 0 },
				transport: async ({ qs }) => {
					const page = Number(qs.page ?? 1);
					if (sample && page % 10 === 0) peak = Math.max(peak, collect());
					const data = Array.from({ length: PAGE }, (_, index) => record((page - 1) * PAGE + index));
					return {
						statusCode: 200,
						headers: {},
						body: { success: true, data, meta: { has_more: page * PAGE < RECORDS } },
					};
				},
			}),
			syncroChat,
			resources,
		);
	const times = [];
	for (let round = 0; round < 5; round += 1) times.push(await timed(async () => await run(false)));
	const before = collect();
	const [output] = await run(true);
	const kept = collect() - before;
	if (output.length !== RECORDS) throw new Error(`Return All gave ${output.length} records`);
	return { msPerRecord: median(times) / RECORDS, peakHeapMb: Math.max(peak - before, kept), recordsMb: kept };
}

export interface Bulk {
	/** Megabytes of heap above the start when the first request leaves: what the items cost that wait. */
	waitingMb: number;
	/** Most megabytes above the start, the output so far included. */
	peakMb: number;
}

/** New leads in bulk: in the continue modes items are prepared when their turn comes, in stop mode all are before the first is sent. */
export async function bulk(count: number, goesOn: boolean): Promise<Bulk> {
	const measured: Bulk = { waitingMb: 0, peakMb: 0 };
	let next = 0;
	const transport: Transport = async ({ body }) => {
		if (next % 1_000 === 0) measured.peakMb = Math.max(measured.peakMb, collect() - before);
		if (next === 0) measured.waitingMb = measured.peakMb;
		const rows = body as unknown as unknown[];
		return {
			statusCode: 200,
			headers: {},
			body: rows.map((_row, index) => ({ RowNumber: index + 1, LeadId: `lead ${next++}`, LeadCreated: true })),
		};
	};
	const stub = stubContext({
		items: itemsOf(count),
		parameters: {
			resource: 'lead',
			operation: 'create',
			FirstName: 'Ana',
			LastName: 'Souza',
			EmailAddress: 'ana@example.com',
			additionalFields: {},
			options: {},
		},
		credentials: {
			accessKey: 'a',
			secretKey: 'b',
			host: 'custom',
			baseUrl: 'https://example.com',
			requestsPerWindow: 0,
		},
		transport,
	});
	const before = collect();
	const [output] = await execute(
		Object.assign(stub, { continueOnFail: () => goesOn }),
		leadSquared,
		leadSquaredResources,
	);
	const inOrder =
		output.length === count && output.every(({ pairedItem }, item) => (pairedItem as { item: number }).item === item);
	if (!inOrder) throw new Error(`Bulk requests gave ${output.length} items, not all in the order of the input`);
	return measured;
}
