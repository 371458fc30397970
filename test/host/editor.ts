/** A real n8n with the pack, the credentials and the examples in it, before the sandbox, until it is stopped. */
import { owner } from './host';
import { examples, openFixture, withStoredCredentials } from './fixture';

const USAGE = `Starts n8n's editor with the pack, before the sandbox of the CRMs. Nothing listens outside this machine.

npm run editor -- [options]
  --port N          port of the editor (default 5678)
  --sandbox-port N  first of the ports of the sandbox (default 5801)`;

function portFrom(args: string[], name: string, fallback: number): number {
	const given = args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback;
	if (!Number.isInteger(given) || given < 1 || given > 65_000)
		throw new Error(`${name} takes a number from 1 to 65000, and got ${args[args.indexOf(name) + 1]}`);
	return given;
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help')) return console.log(USAGE);
	const fixture = await openFixture({ port: portFrom(args, '--port', 5678), sandboxPort: portFrom(args, '--sandbox-port', 5801) });
	const { rest, url, log } = fixture.host;
	for (const [, workflow] of [...examples(), ...examples('triggers')]) await rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials));

	console.log(`
n8n        ${url}/home/workflows
log in as  ${owner.email}
password   ${owner.password}

The examples are the workflows there, and the credentials lead to the sandbox: no message reaches anybody.
What n8n prints is in ${log}. Stop with Ctrl+C.`);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
		fixture.host.process.once('exit', () => resolve());
	});
	await fixture.close();
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
