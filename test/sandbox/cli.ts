import { vendors } from '../support/vendors';
import { startSandbox } from '.';
import type { VendorSandbox } from './types';
import { observedWoofedCrmSandbox } from '../vendors/woofedCrm/observed';
import { OBSERVED_VERSIONS, type ObservedVersion } from '../vendors/woofedCrm/observedState';

const LAST_PORT = 65_535;

const USAGE = `Starts the CRMs as servers on this machine. They respond as their documentation describes.

npm run sandbox -- [options]
  --port N       first of ${vendors.length} consecutive ports (default 5801)
  --observed V   WoofedCRM responds as a real, newly installed server did, not as documented:
                 2024 for October 2024 (default), 2026 for January 2026`;

/** Returns the server of WoofedCRM for --observed, if it is set. */
function observed(args: readonly string[]): { woofedCrm?: () => VendorSandbox } {
	if (!args.includes('--observed')) return {};
	const next = args[args.indexOf('--observed') + 1];
	const version = next === undefined || next.startsWith('--') ? '2024' : next;
	if (!OBSERVED_VERSIONS.includes(version as ObservedVersion))
		throw new Error(`--observed must be ${OBSERVED_VERSIONS.join(' or ')}, but is ${version}`);
	return { woofedCrm: () => observedWoofedCrmSandbox(version as ObservedVersion) };
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help')) return console.log(USAGE);
	const port = args.includes('--port') ? Number(args[args.indexOf('--port') + 1]) : 5801;
	if (!Number.isInteger(port) || port < 1 || port > LAST_PORT - vendors.length + 1)
		throw new Error(
			`--port must be a number from 1 to ${LAST_PORT - vendors.length + 1}, but is ${args[args.indexOf('--port') + 1]}`,
		);
	const sandbox = await startSandbox({ port, instead: observed(args) });
	console.log('The CRMs are running. Enter these values in the credentials of n8n:\n');
	for (const [type, { requestsPerWindow: _rate, windowSeconds: _window, ...values }] of Object.entries(
		sandbox.credentials,
	))
		console.log(type, values);
	console.log(`
The CRMs send events to webhooks on this computer and its network. For LeadSquared and Syncro Chat, add webhooks with their APIs. For Wegly and
WoofedCRM, where people add them in the panel, use
curl ADDRESS/_webhooks -H 'content-type: application/json' -d '{ "url": "http://127.0.0.1:5678/webhook/...", "secret": "..." }'
WoofedCRM first sends an empty body to the address, and the published workflow must accept it. To run its daily check now, use
curl -X POST ADDRESS/_webhooks/verify`);
	console.log('\nStop with Ctrl+C.');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
