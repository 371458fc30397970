/**
 * The pack in a real n8n: beside n8n's HTTP Request node and a node that sends one by one, against a server that answers after
 * 100 ms; what its notes and a credential with expressions cost; a trigger beside n8n's Webhook node. Prints ratios; with --json one document; with --write into
 * docs/benchmarks.md.
 */
import { print, writeResults, type Section } from '../bench/document';
import { credentialSection } from './benchCredentials';
import { deliverySection } from './benchDeliveries';
import { notesSection } from './benchNotes';
import { requestSections } from './benchRequests';

/** By the name that measures one alone; each has a place of its own in the document. */
const parts: Record<string, { results: string; measure: () => Promise<Section[]> }> = {
	requests: { results: 'results in n8n', measure: requestSections },
	notes: { results: 'notes in n8n', measure: async () => [await notesSection()] },
	credentials: { results: 'credentials in n8n', measure: async () => [await credentialSection()] },
	deliveries: { results: 'deliveries in n8n', measure: async () => [await deliverySection()] },
};

async function main(): Promise<void> {
	const named = Object.keys(parts).filter((name) => process.argv.includes(name));
	const measured = new Map<string, Section[]>();
	for (const name of named.length > 0 ? named : Object.keys(parts))
		measured.set(parts[name].results, await parts[name].measure());
	const sections = [...measured.values()].flat();
	if (process.argv.includes('--json')) return console.log(JSON.stringify(sections, null, 2));
	print(sections);
	if (process.argv.includes('--write')) for (const [results, written] of measured) writeResults(results, written);
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
