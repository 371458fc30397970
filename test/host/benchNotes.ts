import type { IDataObject } from 'n8n-workflow';
import type { Section } from '../bench/document';
import { median } from '../bench/stub';
import { own, publish, startVendor, timeOf } from './benchRequests';
import { startHost } from './host';
import { installHost } from './installation';
import { postgresPrograms, startPostgres } from './postgres';

const ITEMS = 1_000;
/** Measured runs, and those that fill the memory of the node to its bound: each leaves three entries an item. */
const ROUNDS = 5;
const RUNS_TO_FILL = 7;

/** Times of runs with and without notes, in turns, in ms an item; the first of each warms up. */
async function measure(env: NodeJS.ProcessEnv): Promise<Record<'off' | 'on' | 'full', number>> {
	const host = await startHost({ installation: installHost(), env });
	const vendor = await startVendor(0);
	try {
		const data: IDataObject = { apiKey: 'k', baseUrl: vendor.url, requestsPerWindow: 0, windowSeconds: 5 };
		const credentials = await host.rest.createCredential('syncroChatApi', data, 'unlimited');
		const workflow = async (crashSafe: boolean) =>
			await publish(
				host,
				own(crashSafe ? 'noted' : 'not noted', { requestsInParallel: 16, crashSafe }),
				credentials,
				ITEMS,
			);
		const full = await workflow(true);
		for (let run = 0; run < RUNS_TO_FILL; run += 1) await timeOf(host, full);
		const times = { off: [] as number[], on: [] as number[], full: [] as number[] };
		for (let round = 0; round <= ROUNDS; round += 1) {
			const measured = {
				off: await timeOf(host, await workflow(false)),
				on: await timeOf(host, await workflow(true)),
				full: await timeOf(host, full),
			};
			if (round > 0)
				for (const [key, ms] of Object.entries(measured)) times[key as keyof typeof times].push(ms / ITEMS);
		}
		return { off: median(times.off), on: median(times.on), full: median(times.full) };
	} finally {
		vendor.close();
		await host.stop();
	}
}

async function onPostgres<Result>(work: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result | undefined> {
	const programs = postgresPrograms();
	if (!programs) return undefined;
	const postgres = await startPostgres(programs);
	try {
		return await work(postgres.env);
	} finally {
		await postgres.stop();
	}
}

/** What the notes of *Crash Safe* cost in a real n8n, with either of its databases. */
export async function notesSection(): Promise<Section> {
	process.stderr.write(`${ITEMS} items with and without notes: SQLite\n`);
	const databases = { SQLite: await measure({}), PostgreSQL: await onPostgres(measure) };
	const rows = Object.entries(databases).map(([name, times]) =>
		times
			? [
					name,
					times.off.toFixed(2),
					...[times.on, times.full].flatMap((ms) => [ms.toFixed(2), (ms - times.off).toFixed(2)]),
				]
			: [name, 'not on this machine', '', '', '', ''],
	);
	return {
		title: `Notes of ${ITEMS} items, 16 in parallel, a server that answers at once, in a real n8n`,
		head: ['Database', 'Crash Safe off (ms an item)', 'on, new node', 'more', 'on, memory full', 'more'],
		rows,
	};
}
