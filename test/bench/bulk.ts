import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/LeadSquared/resources';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { execute } from '../../nodes/shared/run/execute';
import { Limiter } from '../sandbox/limiter';
import { itemsOf, stubContext, timed, type Transport } from './stub';

/** At a tenth of the time. */
const WINDOW_MS = 500;
const LEADS = 1_000;
const ONE_BAD_IN = 33;

/** Limits of a plan: requests and bulk requests in five seconds. https://apidocs.leadsquared.com/rate-limits/ */
interface Plan {
	name: string;
	requests: number;
	bulk: number;
}
const PLANS: readonly Plan[] = [
	{ name: '25 and 5 bulk in 5 s', requests: 25, bulk: 5 },
	{ name: '10 and 5 bulk in 5 s (Pro)', requests: 10, bulk: 5 },
	{ name: '20 and 10 bulk in 5 s (Super)', requests: 20, bulk: 10 },
];

export interface BulkResult {
	plan: string;
	calls: number;
	rejected: number;
	created: number;
	failed: number;
	bulkMs: number;
	singleMs: number;
	ratio: number;
}

const isBad = (lead: unknown) => Number(String(lead).slice('lead'.length)) % ONE_BAD_IN === 0;
const nameIn = (pairs: unknown) => (pairs as IDataObject[]).find(({ Attribute }) => Attribute === 'LastName')!.Value;

/** LeadSquared with the limits of a plan, counting what it gets. */
function vendorOf({ requests, bulk }: Plan) {
	const limiters = {
		single: new Limiter({ requests, windowMs: WINDOW_MS, kind: 'sliding' }),
		bulk: new Limiter({ requests: bulk, windowMs: WINDOW_MS, kind: 'sliding' }),
	};
	const counts = { calls: 0, rejected: 0 };
	const transport: Transport = async ({ url, body }) => {
		const isBulk = url.includes('/Bulk/');
		counts.calls += 1;
		if (limiters[isBulk ? 'bulk' : 'single'].arrive() > 0) {
			counts.rejected += 1;
			return {
				statusCode: 429,
				headers: {},
				body: { Status: 'Error', ExceptionType: 'MXAPIRateLimitExceededException', ExceptionMessage: 'slow down' },
			};
		}
		const leads = (isBulk ? body : [body]) as unknown as unknown[];
		const rows = leads.map((pairs, index) =>
			isBad(nameIn(pairs))
				? { RowNumber: index + 1, LeadCreated: false, ExceptionMessage: 'taken' }
				: { RowNumber: index + 1, LeadId: 'id', LeadCreated: true },
		);
		if (isBulk) return { statusCode: 200, headers: {}, body: rows };
		const refused = {
			statusCode: 500,
			headers: {},
			body: { Status: 'Error', ExceptionType: 'MXDuplicateEntryException', ExceptionMessage: 'taken' },
		};
		return rows[0].LeadCreated
			? { statusCode: 200, headers: {}, body: { Status: 'Success', Message: { Id: 'id' } } }
			: refused;
	};
	return { counts, transport };
}

async function run(plan: Plan, sendInBulk: boolean) {
	const { counts, transport } = vendorOf(plan);
	const vendor = { ...leadSquared, bulkRate: { requests: plan.bulk, windowMs: WINDOW_MS } };
	const parameters = { resource: 'lead', operation: 'create', options: { sendInBulk, requestsInParallel: 8 } };
	const key = `${plan.name} ${sendInBulk}`;
	const credentials = {
		accessKey: key,
		secretKey: key,
		host: 'custom',
		baseUrl: 'https://example.com',
		requestsPerWindow: plan.requests,
		windowSeconds: WINDOW_MS / 1000,
	};
	const context = stubContext({ items: itemsOf(LEADS), parameters, credentials, transport });
	Object.assign(context, {
		getNodeParameter: (name: string, item: number, fallback?: unknown) =>
			name === 'LastName' ? `lead${item}` : ((parameters as IDataObject)[name] ?? fallback),
	});
	let output: Awaited<ReturnType<typeof execute>> = [];
	const ms = await timed(async () => (output = await execute(context, vendor, resources)));
	const failed = output[0].filter(({ json }) => json.error !== undefined).length;
	return { ms, ...counts, failed, created: output[0].length - failed };
}

/** 1,000 leads with 3 % that are refused: packed into bulk requests, and one by one. */
export async function bulkResults(): Promise<BulkResult[]> {
	return await Promise.all(
		PLANS.map(async (plan) => {
			const [bulk, single] = await Promise.all([run(plan, true), run(plan, false)]);
			const { calls, rejected, created, failed, ms: bulkMs } = bulk;
			return {
				plan: plan.name,
				calls,
				rejected: rejected + single.rejected,
				created,
				failed,
				bulkMs,
				singleMs: single.ms,
				ratio: single.ms / bulkMs,
			};
		}),
	);
}
