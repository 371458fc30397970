import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { trimmedKey } from '../../../credentials/reading';
import { wordsOf } from '../base/json';
import { redactorFor, type Redactor } from '../base/redact';
import type { Api } from './api';
import { apiRoot } from './baseUrl';
import { OpenRequests } from './openRequests';
import { paceFrom, type Pace } from './pace';
import { Tempo } from './tempo';
import type { Rate } from './rates';
import type { Outcome } from './repeat';
import type { Throttle } from './throttle';
import { throttleFor } from './throttles';

/** The places in n8n from which a vendor is called. */
export type CallerContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

/** A credential in use: where to send, how fast, with how much patience. */
export interface Connection {
	context: CallerContext;
	vendor: Api;
	/** The credential as it was when the node began: one that is changed meanwhile must not send its key to the old address. */
	credentials: ICredentialDataDecryptedObject;
	/** Address that request paths are appended to. */
	root: string;
	/** Name of the host in that address, without the port. */
	host: string;
	/** Values of the credential to keep out of everything that is shown. */
	secrets: readonly string[];
	/** Takes these values out. */
	redact: Redactor;
	skipSslCertificateValidation: boolean;
	/** Throttle for ordinary requests, and the one for bulk requests where the vendor counts them apart. */
	throttle: Throttle;
	bulkThrottle: Throttle;
	pace: Pace;
	/** Ends every wait: aborted when the execution is stopped, and when a failed item stops the node. */
	signal: AbortSignal;
	/** Aborted only when the execution is stopped. */
	stopped?: AbortSignal;
	/** The requests under way. */
	open: OpenRequests;
	/** Starts no further request; requests under way are waited for. */
	halt: () => void;
	/** Finds out how many requests the server takes at the same time. */
	tempo: Tempo;
	spent: Spent;
}

/** What the requests of a connection cost in time besides the vendor's answers. */
export interface Spent {
	/** Milliseconds in which at least one request waited for a slot. */
	throttledMs: number;
	/** How many requests were sent again, by what became of them before. */
	repeats: Partial<Record<Outcome, number>>;
	/** Requests that wait for a slot now, and since when one does. */
	waiting: number;
	since: number;
}

/** Opens the node's credential for use. */
export async function connect(context: CallerContext, vendor: Api): Promise<Connection> {
	const credentials = await context.getCredentials(vendor.credential);
	const root = apiRoot(vendor.baseUrl(credentials), vendor.apiPath);
	const halt = new AbortController();
	const stopped = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const secrets = vendor.secrets.map((name) => trimmedKey(credentials[name])).filter((secret) => secret !== '');
	const rate = rateOf(credentials);
	const owner = context.getNode().credentials?.[vendor.credential]?.id ?? '';
	const throttle = throttleFor(bucketKey(root, ...secrets), owner, rate);
	return {
		context,
		vendor,
		credentials,
		host: new URL(root).hostname,
		root,
		secrets,
		redact: redactorFor(secrets),
		skipSslCertificateValidation: credentials.ignoreSsl === true,
		throttle,
		bulkThrottle: vendor.bulkRate ? throttleFor(bucketKey('bulk', root, ...secrets), owner, atMost(vendor.bulkRate, rate)) : throttle,
		pace: paceFrom({}),
		signal: stopped ? AbortSignal.any([stopped, halt.signal]) : halt.signal,
		stopped,
		open: new OpenRequests(stopped),
		halt: () => halt.abort(),
		tempo: new Tempo(),
		spent: { throttledMs: 0, repeats: {}, waiting: 0, since: 0 },
	};
}

/**
 * The connection as the options of an item want it.
 *
 * @param options checked ones
 * @throws FailureError when credential or options name a place in the vendor's API that cannot be
 */
export function withOptions(connection: Connection, options: Readonly<Record<string, unknown>>): Connection {
	const { vendor, credentials, root } = connection;
	return { ...connection, root: root + (vendor.scope?.(credentials, options) ?? ''), pace: paceFrom(options) };
}

/** Two credentials with the same key share a bucket, because the vendor counts by key. */
function bucketKey(...parts: string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** The rate for bulk requests, and none where the user switched the limit off. */
function atMost(bulk: Rate, { requests }: Rate): Rate {
	return requests === 0 ? { ...bulk, requests: 0 } : bulk;
}

function rateOf(credentials: ICredentialDataDecryptedObject): Rate {
	const requests = Math.max(0, Number(wordsOf(credentials.requestsPerWindow)) || 0);
	return { requests, windowMs: Math.max(0, Number(wordsOf(credentials.windowSeconds)) || 0) * 1000 };
}
