import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Unit tests of a source file, if they are not named after it. */
const unitTests = {
	'credentials/reading.ts': ['address'],
	'credentials/request.ts': ['credentialRequest'],
	'nodes/shared/http/api.ts': ['json'],
	'nodes/shared/http/baseUrl.ts': ['address'],
	'nodes/shared/fields/phone.ts': ['phone'],
	'nodes/shared/form/pipelines.ts': ['lookups'],
	'nodes/shared/run/idempotencyKey.ts': ['once'],
	'nodes/LeadSquared/leadReceipts.ts': ['leadSquaredLeadReceipts'],
	'nodes/LeadSquared/receipts.ts': ['leadSquaredReceipts'],
	'nodes/LeadSquared/sharedReceipts.ts': ['leadSquaredReceipts', 'leadSquaredLeadReceipts'],
	'nodes/LeadSquared/vendor.ts': ['verdicts'],
	'nodes/SyncroChat/findOrCreateLead.ts': ['syncroChatLeads'],
	'nodes/SyncroChat/vendor.ts': ['verdicts'],
	'nodes/Wegly/vendor.ts': ['verdicts'],
	'nodes/WoofedCrm/addToDeal.ts': ['woofedCrmWrites'],
	'nodes/WoofedCrm/findContacts.ts': ['woofedCrmContacts'],
	'nodes/WoofedCrm/keepAndAdd.ts': ['woofedCrmKeepAndAdd'],
	'nodes/WoofedCrm/removeAssignee.ts': ['woofedCrmWrites'],
	'nodes/WoofedCrm/safeUpsert.ts': ['woofedCrmContacts'],
	'nodes/WoofedCrm/upsertDeal.ts': ['woofedCrmWrites'],
	'nodes/WoofedCrm/vendor.ts': ['verdicts'],
	'nodes/WoofedCrm/writeDeal.ts': ['woofedCrmWrites'],
};

/**
 * Returns the paths of a source file's own unit tests (`throttle.test.ts`, `throttleWaits.test.ts`). They are fast and
 * run first.
 */
export function unitTestsOf(file) {
	const named = (unitTests[file] ?? [path.basename(file, '.ts')]).map(
		(name) => new RegExp(`^${name}([A-Z]\\w*)?\\.test\\.ts$`),
	);
	return readdirSync('test/unit')
		.filter((name) => named.some((pattern) => pattern.test(name)))
		.map((name) => `test/unit/${name}`);
}

const triggers = [
	'leadSquared',
	'lifeCycle',
	'memory',
	'polling',
	'pollingTroubles',
	'pollingLeadSquared',
	'pollingLeftOut',
	'pollingStrange',
	'repeated',
	'deduplication',
	'ownership',
	'secrets',
	'verification',
	'syncroChat',
	'wegly',
	'woofedCrm',
].map((name) => `trigger/${name}`);

/**
 * Engine tests for mutants that survive the unit tests. The first matching pattern counts. Few and fast ones, because
 * they run for each mutant.
 */
const engineTests = [
	[/^nodes\/(shared\/trigger\/|\w+\/(events|trigger)\.ts$)/, triggers],
	[/^nodes\/LeadSquared\/\w*[rR]eceipts\.ts$/, ['bulk', 'leadSquaredTasks', 'leadSquaredActivities']],
	[/^nodes\/shared\/run\/(sendBatch|batching)\.ts$/, ['bulk', 'bulkFaults']],
	[/^nodes\/shared\/run\/(onceGuard|oncePerAccount|journal|journalEntries|notes|idempotencyKey)\.ts$/, ['once']],
	[/^credentials\//, ['credentials']],
	[/^nodes\/shared\/(http\/multipart)\.ts$/, ['weglyFiles']],
	[/^nodes\/shared\/(http\/|base\/(sleep|yieldToEventLoop)\.ts$)/, ['failures', 'control', 'credentials']],
	[/^nodes\/shared\/(editor\/|base\/parseResponse\.ts$)/, ['lookups']],
	[/^nodes\/shared\//, ['operations', 'failures', 'refusals']],
	[/^nodes\/LeadSquared\//, ['operations', 'everyOperation', 'lookups']],
	[/^nodes\/SyncroChat\//, ['syncroChat', 'syncroChatFindOrCreate', 'lookups']],
	[/^nodes\/Wegly\//, ['wegly', 'weglyFiles', 'lookups']],
	[
		/^nodes\/WoofedCrm\//,
		['woofedCrm', 'woofedCrmConvenience', 'woofedCrmDealProducts', 'woofedCrmDeals', 'woofedCrmUpsert', 'lookups'],
	],
];

/** Returns the paths of the engine tests for the surviving mutants of a source file. */
export function engineTestsOf(file) {
	const names = engineTests.find(([pattern]) => pattern.test(file))?.[1] ?? [];
	return names.map((name) => `test/${name.includes('/') ? name : `engine/${name}`}.test.ts`);
}
