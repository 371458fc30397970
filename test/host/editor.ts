/** Runs a real n8n with the pack, the credentials and the examples, connected to the sandbox, until it is stopped. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { owner } from './host';
import { examples, openFixture, withStoredCredentials, type Fixture } from './fixture';
import { assertFree } from './processes';

const USAGE = `Starts n8n's editor with the pack, connected to the sandbox of the CRMs. It is reachable only from this machine.
Your workflows are kept for the next start.

npm run editor -- [options]
  --port N          port of the editor (default 5678). Each port has its own data
  --sandbox-port N  first port of the sandbox (default 5801)
  --fresh           deletes the data of the last start`;

/** Written when the examples are stored, so that examples a user deleted do not come back. */
const SET_UP = '.set-up';

function portFrom(args: string[], name: string, fallback: number): number {
	const given = args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback;
	if (!Number.isInteger(given) || given < 1 || given > 65_000)
		throw new Error(`${name} must be a number from 1 to 65000, but is ${args[args.indexOf(name) + 1]}`);
	return given;
}

/** Returns the folder with the data of an editor. */
function dataFolder(port: number): string {
	const root = process.env.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share');
	return path.join(root, 'n8n-nodes-crm-pack', `editor-${port}`);
}

/** Resolves when the user or the system ends this command, or when its parent process has ended. */
function untilStopped(): Promise<void> {
	const parent = process.ppid;
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
		setInterval(() => process.ppid !== parent && resolve(), 500).unref();
	});
}

async function storeExamples({ host, credentials }: Fixture): Promise<void> {
	const marker = path.join(host.userFolder, SET_UP);
	if (existsSync(marker)) return;
	for (const [, workflow] of [...examples(), ...examples('triggers')])
		await host.rest.createWorkflow(withStoredCredentials(workflow, credentials));
	writeFileSync(marker, new Date().toISOString());
}

async function open(port: number, sandboxPort: number, userFolder: string): Promise<Fixture> {
	// The Code node needs the internal runner.
	const fixture = await openFixture({ port, sandboxPort, userFolder, env: { N8N_RUNNERS_MODE: 'internal' } });
	try {
		await storeExamples(fixture);
		return fixture;
	} catch (error) {
		await fixture.close();
		throw error;
	}
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help')) return console.log(USAGE);
	const port = portFrom(args, '--port', 5678);
	const folder = dataFolder(port);
	// Checked before anything is deleted: a running editor may use the data.
	await assertFree(port, '--port');
	if (args.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const stopped = untilStopped();
	const opening = open(port, portFrom(args, '--sandbox-port', 5801), folder);
	const fixture = await Promise.race([opening, stopped]);
	if (!fixture) return;

	console.log(`
n8n        ${fixture.host.url}/home/workflows
log in as  ${owner.email}
password   ${owner.password}

The workflows are the examples. The credentials point to the sandbox, so no message reaches a customer.
Stop with Ctrl+C. Your workflows are kept in ${folder}; start with -- --fresh to delete them.
The log of n8n is ${fixture.host.log}.`);
	await Promise.race([stopped, new Promise((resolve) => fixture.host.process.once('exit', resolve))]);
	await fixture.close();
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
