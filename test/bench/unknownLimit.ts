/** Runs at vendors that say "slow down" without a time, where the credential has no limit: in a time that passes at once. */
import type { INodeExecutionData } from 'n8n-workflow';
import { execute } from '../../nodes/shared/run/execute';
import { resources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { Limiter, type Limit } from '../sandbox/limiter';
import { itemsOf, stubContext } from './stub';
import { inVirtualTime, randomBy, wait } from './virtualClock';

/** Tells whether a vendor refuses the request of an item. */
export type Refuses = (item: string) => boolean;

/** Each fifth item is refused once. */
export const eachFifthOnce = (): Refuses => {
	const seen = new Set<string>();
	let count = 0;
	return (item) => {
		if (seen.has(item)) return false;
		seen.add(item);
		return (count += 1) % 5 === 0;
	};
};

/** A limit that nobody knows. */
export const hidden = (limit: Limit) => (): Refuses => {
	const limiter = new Limiter(limit);
	return () => limiter.arrive(Date.now()) > 0;
};

/** The vendor takes no requests until some moment. */
export const closedUntil = (ms: number) => (): Refuses => () => Date.now() < ms;

export interface UnknownLimitRun {
	/** Time of the run in milliseconds. */
	ms: number;
	/** Items that came to nothing. */
	failed: number;
	/** Moments of the requests, and of the refused ones. */
	requests: number[];
	refused: number[];
	output: INodeExecutionData[];
}

let keys = 0;

/** @param parallel 'Requests in Parallel'; 0 for automatic */
export async function unknownLimit(
	make: () => Refuses,
	{ items = 60, latencyMs = 100, parallel = 0, credential = {}, seed = 1 } = {},
): Promise<UnknownLimitRun> {
	const random = Math.random;
	Math.random = randomBy(seed);
	try {
		return await inVirtualTime(async () => {
			const refuses = make();
			const [requests, refused]: [number[], number[]] = [[], []];
			const credentials = {
				apiKey: `unknown limit ${(keys += 1)}`,
				baseUrl: 'https://example.com',
				requestsPerWindow: 0,
				windowSeconds: 60,
				...credential,
			};
			const parameters = {
				resource: 'task',
				operation: 'create',
				type: 'call',
				due_date: '2026-07-01',
				options: { requestsInParallel: parallel },
			};
			const context = stubContext({
				items: itemsOf(items),
				parameters,
				credentials,
				transport: async ({ body }) => {
					requests.push(Date.now());
					const isRefused = refuses(String(body?.subject));
					if (isRefused) refused.push(Date.now());
					await wait(latencyMs);
					return isRefused
						? { statusCode: 429, headers: {}, body: { message: 'Too many requests' } }
						: { statusCode: 201, headers: {}, body: { task: { id: 1 } } };
				},
			});
			const read = context.getNodeParameter.bind(context);
			context.getNodeParameter = ((name: string, item: number, fallback?: unknown) =>
				name === 'subject' ? `item ${item}` : read(name, item, fallback)) as typeof read;
			const [output] = await execute(context, syncroChat, resources);
			return { ms: Date.now(), failed: output.filter(({ json }) => 'error' in json).length, requests, refused, output };
		});
	} finally {
		Math.random = random;
	}
}
