import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { execute } from '../../nodes/shared/run/execute';
import { resources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { itemsOf, median, stubContext, timed } from './stub';

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
		() => JSON.parse(execFileSync(process.execPath, ['--expose-gc', '-e', script], { cwd: ROOT, encoding: 'utf8' })) as Startup,
	);
	return { loadMs: median(rounds.map(({ loadMs }) => loadMs)), heapMb: median(rounds.map(({ heapMb }) => heapMb)) };
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
	const collect = () => {
		globalThis.gc?.();
		return process.memoryUsage().heapUsed / 1e6;
	};
	const run = async (sample: boolean) =>
		await execute(
			stubContext({
				items: itemsOf(1),
				parameters: { resource: 'task', operation: 'getAll', returnAll: true, simplify: false, filters: {}, options: {} },
				credentials: { apiKey: 'list', baseUrl: 'https://example.com', requestsPerWindow: 0 },
				transport: async ({ qs }) => {
					const page = Number(qs.page ?? 1);
					if (sample && page % 10 === 0) peak = Math.max(peak, collect());
					const data = Array.from({ length: PAGE }, (_, index) => record((page - 1) * PAGE + index));
					return { statusCode: 200, headers: {}, body: { success: true, data, meta: { has_more: page * PAGE < RECORDS } } };
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
