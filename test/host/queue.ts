import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { openFixture, type Fixture } from './fixture';
import { freePort, startProcess, stop, untilReady } from './host';
import { installHost } from './installation';
import { postgresPrograms, startPostgres } from './postgres';

/** One of n8n's processes beside the main one. */
interface Beside {
	process: ChildProcess;
	/** File with everything the process printed. */
	log: string;
}

/** A real n8n in queue mode: a main process, one that takes deliveries, and two workers. */
export interface Queue {
	fixture: Fixture;
	/** Address of the process that takes deliveries, which is also the one that triggers tell the CRMs. */
	webhookUrl: string;
	workers: Beside[];
	close: () => Promise<void>;
}

const shout = (text: string) => process.stderr.write(`\n!!! ${text} !!!\n\n`);

/** Whether this machine has Redis; says loudly that it has none. */
export function hasRedis(): boolean {
	try {
		execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		shout('NO REDIS ON THIS MACHINE: THE TESTS OF QUEUE MODE ARE SKIPPED (apt-get install redis-server)');
		return false;
	}
}

/** Whether this machine has PostgreSQL; says loudly that it has none. With SQLite, n8n's processes lock one another out. */
export function hasPostgres(): boolean {
	const has = postgresPrograms() !== undefined;
	if (!has) shout('NO POSTGRESQL ON THIS MACHINE: THE TESTS OF DELIVERIES IN QUEUE MODE ARE SKIPPED (apt-get install postgresql)');
	return has;
}

/** Starts n8n in queue mode, on PostgreSQL where there is one, else on SQLite. */
export async function openQueue(): Promise<Queue> {
	const redisPort = String(await freePort());
	const redis = spawn('redis-server', ['--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
	const programs = postgresPrograms();
	const postgres = programs ? await startPostgres(programs) : undefined;
	const webhookPort = String(await freePort());
	const webhookUrl = `http://127.0.0.1:${webhookPort}`;
	const fixture = await openFixture({
		env: {
			...postgres?.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: redisPort,
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_LOG_LEVEL: 'info',
			N8N_WEBHOOK_URL: `${webhookUrl}/`,
		},
	});
	const startBeside = async (name: string, command: string, url: string, env: NodeJS.ProcessEnv, args: string[] = []): Promise<Beside> => {
		const log = path.join(fixture.host.userFolder, `${name}.log`);
		const all = { ...fixture.host.env, N8N_RUNNERS_BROKER_PORT: String(await freePort()), ...env };
		const started = startProcess(installHost(), command, all, log, args);
		await untilReady(`${url}/healthz/readiness`, started, log);
		return { process: started, log };
	};
	const startWorker = async (name: string) => {
		const port = String(await freePort());
		const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: port };
		return await startBeside(name, 'worker', `http://127.0.0.1:${port}`, health, ['--concurrency=4']);
	};
	const webhook = await startBeside('webhook', 'webhook', webhookUrl, { N8N_PORT: webhookPort });
	const workers = [await startWorker('worker-one'), await startWorker('worker-two')];
	return {
		fixture,
		webhookUrl,
		workers,
		close: async () => {
			for (const { process: child } of [webhook, ...workers]) await stop(child);
			await fixture.close();
			await postgres?.stop();
			await stop(redis);
		},
	};
}
