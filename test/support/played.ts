import type { IDataObject } from 'n8n-workflow';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { connect, withOptions, type Connection } from '../../nodes/shared/http/connection';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { stubContext } from '../bench/stub';

/** What a vendor does with a request: an answer, or an error of the HTTP client. */
export type Play = { status: number; body?: unknown; headers?: IDataObject } | Error;

/** An error as the HTTP client throws it. */
export const clientError = (code: string): Error => Object.assign(new Error(`It ended with ${code}`), { code });

interface PlayOptions {
	vendor?: Vendor;
	credential?: IDataObject;
	options?: IDataObject;
	/** Ends the execution. */
	stopped?: AbortSignal;
	/** Milliseconds until an answer is there, also by its number from 0. */
	latencyMs?: number | ((index: number) => number);
}

let keys = 0;

/**
 * A connection to a vendor whose answers are played one after another, the last one for ever. It has a key, and so a
 * throttle, of its own.
 *
 * @returns `starts` has the moment of each request, and `requests` what n8n was asked to send
 */
export async function played(
	plays: readonly Play[],
	{ vendor = syncroChat, credential, options = {}, stopped, latencyMs = 0 }: PlayOptions = {},
): Promise<{ connection: Connection; starts: number[]; requests: IDataObject[] }> {
	const starts: number[] = [];
	const requests: IDataObject[] = [];
	const transport = async (request: unknown) => {
		starts.push(Date.now());
		requests.push(request as IDataObject);
		const play = plays[Math.min(starts.length, plays.length) - 1];
		const ms = typeof latencyMs === 'number' ? latencyMs : latencyMs(starts.length - 1);
		if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
		if (play instanceof Error) throw play;
		return { statusCode: play.status, headers: play.headers ?? {}, body: play.body ?? {} };
	};
	const credentials = {
		apiKey: `played key ${(keys += 1)}`,
		baseUrl: 'https://crm.example.com',
		requestsPerWindow: 0,
		windowSeconds: 60,
		...credential,
	};
	const context = Object.assign(stubContext({ items: [], parameters: {}, credentials, transport }), {
		getExecutionCancelSignal: () => stopped,
	});
	return { connection: withOptions(await connect(context, vendor), options), starts, requests };
}
