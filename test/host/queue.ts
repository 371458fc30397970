import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openFixture, type Fixture } from './fixture';
import type { HostOptions } from './host';
import { installHost } from './installation';
import { postgresPrograms, startPostgres } from './postgres';
import { freePort, startProcess, stop, untilReady } from './processes';

/** One of n8n's processes beside the main one. */
interface Beside {
	process: ChildProcess;
	/** File with everything the process printed. */
	log: string;
}

export interface Worker extends Beside {
	/** Executions that it took. */
	started: () => number;
}

/** A real n8n in queue mode: a main process, one that takes deliveries where it is asked for, and two workers. */
export interface Queue {
	fixture: Fixture;
	/** Address that triggers tell the CRMs. */
	webhookUrl: string;
	workers: Worker[];
	/** Starts one more worker. */
	startWorker: () => Promise<Worker>;
	close: () => Promise<void>;
}

const shout = (text: string) => process.stderr.write(`\n!!! ${text} !!!\n\n`);

function hasRedis(): boolean {
	try {
		execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		shout('NO REDIS ON THIS MACHINE: THE TESTS OF QUEUE MODE ARE SKIPPED (apt-get install redis-server)');
		return false;
	}
}

/** Tests that need a queue; where there is no Redis, they are skipped with loud words. */
export const describeQueue = hasRedis() ? describe : describe.skip;

/** Whether this machine has PostgreSQL; says loudly that it has none. With SQLite, n8n's processes lock one another out. */
export function hasPostgres(): boolean {
	const has = postgresPrograms() !== undefined;
	if (!has)
		shout(
			'NO POSTGRESQL ON THIS MACHINE: THE TESTS OF DELIVERIES IN QUEUE MODE ARE SKIPPED (apt-get install postgresql)',
		);
	return has;
}

interface QueueOptions extends Partial<HostOptions> {
	/** Whether a process of its own takes deliveries, on PostgreSQL where there is one. */
	withWebhooks?: boolean;
}

/** Starts the processes of a queue. Where one fails, those that run already are stopped. */
export async function openQueue(options: QueueOptions = {}): Promise<Queue> {
	const closers: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	try {
		return { ...(await startQueue(options, closers)), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** @param closers takes what stops each process, in the order of their start */
async function startQueue(
	{ withWebhooks = false, ...options }: QueueOptions,
	closers: Array<() => Promise<void>>,
): Promise<Omit<Queue, 'close'>> {
	const installation = options.installation ?? installHost();
	const redisPort = String(await freePort());
	const redis = spawn(
		'redis-server',
		['--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		{ stdio: 'ignore' },
	);
	closers.push(async () => await stop(redis));
	const programs = withWebhooks ? postgresPrograms() : undefined;
	const postgres = programs ? await startPostgres(programs) : undefined;
	if (postgres) closers.push(async () => await postgres.stop());
	const webhookPort = String(await freePort());
	const webhookUrl = `http://127.0.0.1:${webhookPort}`;
	const fixture = await openFixture({
		...options,
		installation,
		env: {
			...postgres?.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: redisPort,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...(withWebhooks ? { N8N_WEBHOOK_URL: `${webhookUrl}/` } : {}),
			...options.env,
		},
	});
	closers.push(async () => await fixture.close());
	const startBeside = async (
		name: string,
		command: string,
		url: string,
		env: NodeJS.ProcessEnv,
		args: string[] = [],
	): Promise<Beside> => {
		const log = path.join(fixture.host.userFolder, `${name}.log`);
		const all = { ...fixture.host.env, N8N_RUNNERS_BROKER_PORT: String(await freePort()), ...env };
		const started = startProcess(installation, command, all, log, args);
		closers.push(async () => await stop(started));
		await untilReady(`${url}/healthz/readiness`, started, log);
		return { process: started, log };
	};
	const workers: Worker[] = [];
	const startWorker = async () => {
		const port = String(await freePort());
		const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: port };
		const beside = await startBeside(`worker-${workers.length}`, 'worker', `http://127.0.0.1:${port}`, health, [
			'--concurrency=4',
		]);
		const worker = {
			...beside,
			started: () => readFileSync(beside.log, 'utf8').split('Worker started execution').length - 1,
		};
		workers.push(worker);
		return worker;
	};
	if (withWebhooks) await startBeside('webhook', 'webhook', webhookUrl, { N8N_PORT: webhookPort });
	await startWorker();
	await startWorker();
	return { fixture, webhookUrl: withWebhooks ? webhookUrl : fixture.host.url, workers, startWorker };
}
