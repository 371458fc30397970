import { createHash } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { EMPTY, trimmedKey } from '../../../credentials/reading';
import { FailureError } from '../base/failure';
import { toText } from '../base/json';
import { redactorFor, type Redactor } from '../base/redact';
import type { Api } from './api';
import { apiRoot } from './baseUrl';
import { AdaptiveConcurrency, Deadlines, type Rate, type Throttle, throttleFor } from './limiter';
import { requestOptionsFrom, type RequestOptions } from './requestOptions';
import type { Outcome } from './retryPolicy';

/** The places in n8n from which a vendor is called. */
export type CallerContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

/** What all requests of one run share, whichever credential they go with. */
export interface Session {
	context: CallerContext;
	/** Ends every wait: aborted when the execution is stopped, and when a failed item stops the node. */
	signal: AbortSignal;
	/** Aborted only when the execution is stopped. */
	stopped?: AbortSignal;
	/** The requests under way. */
	deadlines: Deadlines;
	/** Starts no further request; requests under way are waited for. */
	halt: () => void;
	/** Finds out how many requests the server at an address takes at the same time. */
	concurrencyFor: (root: string, hasRateLimit: boolean) => AdaptiveConcurrency;
}

/** A credential in use: where to send, how fast, with how much patience. */
export interface Connection extends Omit<Session, 'concurrencyFor'> {
	vendor: Api;
	/** The values of one read: a credential that changes meanwhile must not send its key to the old address. */
	credentials: ICredentialDataDecryptedObject;
	/** Address that request paths are appended to. */
	root: string;
	/** Name of the host in that address, without the port. */
	host: string;
	/** Digest that tells apart the accounts whose records requests are about. */
	account: string;
	/** Values of the credential to keep out of everything that is shown. */
	secrets: readonly string[];
	/** Takes these values out. */
	redact: Redactor;
	skipSslCertificateValidation: boolean;
	/** Throttle for ordinary requests, and the one for bulk requests where the vendor counts them apart. */
	throttle: Throttle;
	bulkThrottle: Throttle;
	requestOptions: RequestOptions;
	/** Shared by all connections to the same server. */
	concurrency: AdaptiveConcurrency;
	stats: ConnectionStats;
	/** What became of the key at an address in this run: `lost` where it was accepted, and then refused for good. */
	keyAt: Map<string, 'accepted' | 'lost'>;
}

/** What the requests of a connection cost in time besides the vendor's answers. */
export interface ConnectionStats {
	/** Milliseconds in which at least one request waited for a slot. */
	throttledMs: number;
	/** How many requests were sent again, by what became of them before. */
	retries: Partial<Record<Outcome, number>>;
	/** Requests that wait for a slot now, and since when one does. */
	waiting: number;
	since: number;
}

/** Begins a run: what its connections share. */
export function openSession(context: CallerContext): Session {
	const halt = new AbortController();
	const stopped = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const limits = new Map<string, AdaptiveConcurrency>();
	const concurrencyFor = (root: string, hasRateLimit: boolean) => {
		const { origin } = new URL(root);
		const concurrency = limits.get(origin) ?? new AdaptiveConcurrency(hasRateLimit);
		limits.set(origin, concurrency);
		return concurrency;
	};
	return {
		context,
		signal: stopped ? AbortSignal.any([stopped, halt.signal]) : halt.signal,
		stopped,
		deadlines: new Deadlines(stopped),
		halt: () => halt.abort(),
		concurrencyFor,
	};
}

/**
 * Opens the node's credential for use where there are no items: for lists, triggers and credential tests.
 *
 * @throws FailureError when the credential has no usable address or key
 */
export async function connect(context: CallerContext, vendor: Api): Promise<Connection> {
	return connectionWith(
		openSession(context),
		vendor,
		await context.getCredentials(vendor.credential).catch(refuseExpression),
	);
}

/** Names the reason for which n8n can't resolve a credential where there are no items; its own message is about a node without a name. */
function refuseExpression(error: Error): never {
	if (error.name !== 'ExpressionError') throw error;
	const message =
		'The credential has an expression that uses item data, which has a value only while the workflow runs';
	const description =
		'There is no item here. In a list, choose By ID and enter the ID. For a trigger, choose a credential without such expressions.';
	throw new FailureError({ message, description, input: true, ownCode: 'CREDENTIAL_INVALID' });
}

/**
 * The connection of a credential as it was read.
 *
 * @throws FailureError when it has no usable address or key
 */
export function connectionWith(session: Session, vendor: Api, credentials: ICredentialDataDecryptedObject): Connection {
	const { concurrencyFor, ...shared } = session;
	const root = apiRoot(vendor.baseUrl(credentials), vendor.apiPath);
	const secrets = vendor.secrets.map((name) => keyOf(credentials, name));
	const rate = rateOf(credentials);
	const owner = session.context.getNode().credentials?.[vendor.credential]?.id ?? '';
	const throttle = throttleFor(digest(root, ...secrets), owner, rate);
	return {
		...shared,
		vendor,
		credentials,
		host: new URL(root).hostname,
		root,
		account: digest(root, ...secrets),
		secrets,
		redact: lazyRedactor(secrets),
		skipSslCertificateValidation: credentials.ignoreSsl === true,
		throttle,
		bulkThrottle: vendor.bulkRate
			? throttleFor(digest('bulk', root, ...secrets), owner, rate, vendor.bulkRate)
			: throttle,
		requestOptions: requestOptionsFrom({}),
		concurrency: concurrencyFor(root, rate.requests > 0),
		stats: { throttledMs: 0, retries: {}, waiting: 0, since: 0 },
		keyAt: new Map(),
	};
}

/**
 * The connection as the options of an item want it.
 *
 * @param options checked ones
 * @throws FailureError when credential or options name a place in the vendor's API that cannot be
 */
export function withOptions(connection: Connection, options: Readonly<Record<string, unknown>>): Connection {
	const { vendor, credentials, secrets } = connection;
	const root = connection.root + (vendor.scope?.(credentials, options) ?? '');
	// A scope names the account whoever's key it is. Elsewhere only the key tells accounts apart.
	const account = vendor.scope ? digest(root) : digest(root, ...secrets);
	return { ...connection, root, account, requestOptions: requestOptionsFrom(options) };
}

/** A key as it is sent. @throws FailureError when it is blank */
function keyOf(credentials: ICredentialDataDecryptedObject, name: string): string {
	const key = trimmedKey(credentials[name]);
	if (key === '')
		throw new FailureError({
			message: `'${labelOf(name)}' of the credential ${EMPTY}`,
			description: EMPTY_HINT,
			input: true,
			ownCode: 'CREDENTIAL_INVALID',
		});
	return key;
}

const EMPTY_HINT =
	'Open the credential and enter it. An expression has a value only while the workflow runs, and may have none for some items.';

/** A redactor that is prepared with its first use: a run may have thousands of credentials, and most of them show nothing. */
function lazyRedactor(secrets: readonly string[]): Redactor {
	let redact: Redactor | undefined;
	return (value) => (redact ??= redactorFor(secrets))(value);
}

/** The label of a key in the form of the credential: `apiKey` is "API Key" there. */
export function labelOf(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	return (words[0].toUpperCase() + words.slice(1)).replace(/^Api\b/, 'API');
}

/** Two credentials with the same key share a bucket, because the vendor counts by key. */
function digest(...parts: string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function rateOf(credentials: ICredentialDataDecryptedObject): Rate {
	const requests = Math.max(0, Number(toText(credentials.requestsPerWindow)) || 0);
	return { requests, windowMs: Math.max(0, Number(toText(credentials.windowSeconds)) || 0) * 1000 };
}
