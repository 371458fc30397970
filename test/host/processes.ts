import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Installation } from './installation';

/** How long n8n may take to start, in ms. */
const START_MS = 120_000;

const listen = async (port: number): Promise<number> =>
	await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const { port: chosen } = server.address() as { port: number };
			server.close(() => resolve(chosen));
		});
	});

/** A port that is free at this moment. */
export const freePort = async (): Promise<number> => await listen(0);

/**
 * Checks that nothing listens on a port.
 *
 * @param option of the command that chooses another port
 * @throws Error that names the port and the option
 */
export async function assertFree(port: number, option: string): Promise<void> {
	await listen(port).catch((error: unknown) => {
		throw new Error(
			`Port ${port} cannot be used (${(error as NodeJS.ErrnoException).code}). Stop the program that listens there, or choose another port with ${option}.`,
		);
	});
}

/** Starts one of n8n's processes. It ends with this process; all it prints goes into a file. */
export function startProcess(
	{ folder, nodeBin }: Installation,
	command: string,
	env: NodeJS.ProcessEnv,
	log: string,
	args: string[] = [],
): ChildProcess {
	const endWithParent = ['--require', path.join(__dirname, 'endWithParent.cjs')];
	const child = spawn(path.join(nodeBin, 'node'), [...endWithParent, 'node_modules/n8n/bin/n8n', command, ...args], {
		cwd: folder,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const file = createWriteStream(log);
	child.stdout.pipe(file);
	child.stderr.pipe(file, { end: false });
	return child;
}

const printed = (log: string) => (existsSync(log) ? readFileSync(log, 'utf8') : '');

async function until(isReady: () => boolean | Promise<boolean>, child: ChildProcess, log: string): Promise<void> {
	for (const deadline = Date.now() + START_MS; Date.now() < deadline; ) {
		if (child.exitCode !== null || child.signalCode !== null)
			throw new Error(`n8n ended while it started:\n${printed(log).slice(-2_000)}`);
		if (await isReady()) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`n8n was not ready after two minutes:\n${printed(log).slice(-2_000)}`);
}

/** Waits until an address responds with success; two minutes at most. */
export async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
	const responds = async () =>
		await fetch(url).then(
			({ ok }) => ok,
			() => false,
		);
	await until(responds, child, log);
}

/** Waits until n8n prints that it listens on its port, so that no other program there is taken for it; two minutes at most. */
export async function untilListening(port: number, child: ChildProcess, log: string): Promise<void> {
	await until(() => new RegExp(`n8n ready on .*port ${port}\\b`).test(printed(log)), child, log);
}

/** Stops a process, by force after 15 s, and removes a folder. */
export async function stop(child: ChildProcess, folder?: string): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
		await ended;
		clearTimeout(late);
	}
	if (folder) rmSync(folder, { recursive: true, force: true });
}
