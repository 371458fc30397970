import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { owner } from '../host';
import { installHost } from '../installation';
import { freePort } from '../processes';
import { RestClient } from '../rest';

const ROOT = path.join(__dirname, '..', '..', '..');
const home = mkdtempSync(path.join(tmpdir(), 'crm-pack-editor-'));
const running: ChildProcess[] = [];
afterAll(() => {
	running.forEach((child) => child.kill('SIGTERM'));
	rmSync(home, { recursive: true, force: true });
});

/** `npm run editor`, from its start until it prints its last line or ends. */
async function startEditor(port: number, sandboxPort: number, ...more: string[]) {
	const args = [
		'--import',
		'tsx',
		'test/host/editor.ts',
		'--port',
		String(port),
		'--sandbox-port',
		String(sandboxPort),
		...more,
	];
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		env: { ...process.env, XDG_DATA_HOME: home },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	running.push(child);
	let printed = '';
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const ready = new Promise<void>((resolve) => {
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => {
				printed += chunk.toString();
				if (printed.includes('The log of n8n is')) resolve();
			});
	});
	await Promise.race([ready, ended]);
	return { child, ended, printed: () => printed };
}

async function loggedIn(port: number): Promise<RestClient> {
	const rest = new RestClient(`http://127.0.0.1:${port}`, installHost().folder);
	await rest.login(owner);
	return rest;
}

/** Processes of n8n whose data is in the folder of these tests. */
const processesOfN8n = () => {
	const pids = execFileSync(
		'sh',
		['-c', "grep -lz '^XDG_DATA_HOME=" + home + "' /proc/[0-9]*/environ 2>/dev/null || true"],
		{ encoding: 'utf8' },
	);
	return pids
		.split('\n')
		.filter(Boolean)
		.map((file) => file.split('/')[2])
		.filter((pid) =>
			execFileSync('sh', ['-c', `tr '\\0' ' ' < /proc/${pid}/cmdline 2>/dev/null || true`], {
				encoding: 'utf8',
			}).includes('bin/n8n'),
		);
};

async function untilNoneRuns(): Promise<void> {
	while (processesOfN8n().length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
}

const codeWorkflow = {
	name: 'Built by a user',
	nodes: [
		{
			id: '1',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		},
		{
			id: '2',
			name: 'Code',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [200, 0] as [number, number],
			parameters: { jsCode: 'return [{ json: { sum: 1 + 1 } }];' },
		},
	],
	connections: { Start: { main: [[{ node: 'Code', type: 'main' as const, index: 0 }]] } },
};

test('a port where another program listens is refused, and that program hears nothing', async () => {
	let requests = 0;
	const other = createServer((_, response) => {
		requests += 1;
		response.end('{}');
	});
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const { port } = other.address() as AddressInfo;

	const first = await startEditor(port, await freePort());
	const second = await startEditor(await freePort(), port);
	await Promise.all([first.ended, second.ended]);

	expect(first.printed()).toContain(
		`Port ${port} cannot be used (EADDRINUSE). Stop the program that listens there, or choose another port with --port.`,
	);
	expect(second.printed()).toContain('choose another port with --sandbox-port.');
	expect([first.child.exitCode, second.child.exitCode, requests]).toEqual([1, 1, 0]);
	other.close();
	await untilNoneRuns();
});

describe('an editor', () => {
	let port: number;
	let sandboxPort: number;
	const workflows = async (rest: RestClient) =>
		(await rest.call<Array<{ name: string }>>('GET', '/rest/workflows')).map(({ name }) => name);

	beforeAll(async () => {
		port = await freePort();
		sandboxPort = await freePort();
	});

	test('runs Code nodes, and keeps what was built after Ctrl+C', async () => {
		const first = await startEditor(port, sandboxPort);
		const rest = await loggedIn(port);
		const examples = await workflows(rest);
		const { status, data } = await rest.run(await rest.createWorkflow(codeWorkflow), 'Start');
		first.child.kill('SIGINT');
		await first.ended;

		const second = await startEditor(port, sandboxPort);
		const again = await loggedIn(port);

		expect([status, data.resultData.runData.Code[0].data?.main[0]?.[0].json]).toEqual(['success', { sum: 2 }]);
		expect((await workflows(again)).sort()).toEqual([...examples, 'Built by a user'].sort());
		expect((await again.credentials()).map(({ name }) => name).sort()).toEqual([
			'LeadSquared account',
			'Syncro Chat account',
			'Wegly account',
			'WoofedCRM account',
		]);
		expect(second.printed()).toContain(path.join(home, 'n8n-nodes-crm-pack', `editor-${port}`));
		// A kill that no program can handle leaves no n8n behind either.
		second.child.kill('SIGKILL');
		await second.ended;
		await untilNoneRuns();
	}, 300_000);

	test('starts anew with --fresh', async () => {
		const { child, ended } = await startEditor(port, sandboxPort, '--fresh');

		const names = await workflows(await loggedIn(port));

		expect(names).not.toContain('Built by a user');
		expect(names.length).toBeGreaterThan(0);
		child.kill('SIGTERM');
		await ended;
		await untilNoneRuns();
	}, 300_000);
});
