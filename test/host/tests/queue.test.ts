import type { IDataObject } from 'n8n-workflow';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workflowOf } from '../../support/workflows';
import { openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { freePort, startProcess, stop, untilReady } from '../host';
import { installHost } from '../installation';
import { outputOf } from '../rest';

const hasRedis = (() => {
	try {
		execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();
if (!hasRedis) process.stderr.write('\n!!! NO REDIS ON THIS MACHINE: THE TESTS OF QUEUE MODE ARE SKIPPED (apt-get install redis-server) !!!\n\n');

(hasRedis ? describe : describe.skip)('in queue mode, with two workers', () => {
	let redis: ChildProcess;
	let fixture: Fixture;
	const workers: Array<{ process: ChildProcess; log: string }> = [];

	beforeAll(async () => {
		const port = await freePort();
		redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
		const queue = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_LOG_LEVEL: 'info',
		};
		fixture = await openFixture({ env: queue });
		for (const name of ['one', 'two']) {
			const healthPort = String(await freePort());
			const log = path.join(fixture.host.userFolder, `worker-${name}.log`);
			const env = {
				...fixture.host.env,
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: healthPort,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			};
			const process_ = startProcess(installHost(), 'worker', env, log, ['--concurrency=4']);
			workers.push({ process: process_, log });
			await untilReady(`http://127.0.0.1:${healthPort}/healthz/readiness`, process_, log);
		}
	}, 900_000);
	afterAll(async () => {
		for (const { process: child } of workers) await stop(child);
		await fixture?.close();
		if (redis) await stop(redis);
	});

	test('200 items at a limit are all carried out once, although each worker has a throttle of its own', async () => {
		const { rest } = fixture.host;
		const vendor = fixture.sandbox.vendors.syncroChat;
		vendor.setLimit({ requests: 25, windowMs: 1_000 });
		const credential = await rest.createCredential(
			'syncroChatApi',
			{ ...fixture.sandbox.credentials.syncroChatApi, requestsPerWindow: 25, windowSeconds: 1 } as IDataObject,
			'limited',
		);
		const file = withStoredCredentials(
			workflowOf('syncroChat', {
				resource: 'task',
				operation: 'create',
				subject: '={{ $json.name }}',
				type: 'call',
				due_date: '2026-07-01',
				options: { maxTries: 20 },
			}),
			{ syncroChatApi: credential },
		);
		const batches = Array.from({ length: 8 }, (_, batch) => Array.from({ length: 25 }, (_item, index) => ({ json: { name: `batch ${batch} item ${index}` } })));
		const ids = await Promise.all(batches.map(async (items) => await rest.createWorkflow(file, { Trigger: items } as unknown as IDataObject)));

		const executions = await Promise.all(ids.map(async (id) => await rest.run(id, 'Trigger')));

		const applied = vendor.requests.filter((request) => request.applied).map(({ body }) => (body as IDataObject).subject);
		expect(executions.map(({ status }) => status)).toEqual(batches.map(() => 'success'));
		expect(executions.map((execution) => outputOf(execution, 'CRM').length)).toEqual(batches.map(() => 25));
		expect(applied).toHaveLength(200);
		expect(new Set(applied).size).toBe(200);
	});

	test('both workers took part', () => {
		const started = workers.map(({ log }) => readFileSync(log, 'utf8').split('Worker started execution').length - 1);

		expect(started.reduce((sum, count) => sum + count)).toBe(8);
		expect(started.every((count) => count > 0)).toBe(true);
	});
});
