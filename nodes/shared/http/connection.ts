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

/** The n8n contexts that send requests to a vendor. */
export type CallerContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

/** The data that all requests of one run share, with any credential. */
export interface Session {
	context: CallerContext;
	/** Ends every wait. It is aborted when the execution is stopped, and when a failed item stops the node. */
	signal: AbortSignal;
	/** It is aborted only when the execution is stopped. */
	stopped?: AbortSignal;
	/** The deadlines of the requests in flight. */
	deadlines: Deadlines;
	/** Prevents further requests. Requests in flight continue. */
	halt: () => void;
	/** Returns the concurrency control of the server at an address. */
	concurrencyFor: (root: string, hasRateLimit: boolean) => AdaptiveConcurrency;
}

/** A credential in use: the address, the rate limit and the timeouts of its requests. */
export interface Connection extends Omit<Session, 'concurrencyFor'> {
	vendor: Api;
	/** The values of one read. A credential that changes later must not send its new key to the old address. */
	credentials: ICredentialDataDecryptedObject;
	/** Base address of all request paths. */
	root: string;
	/** Host of that address, without the port. */
	host: string;
	/** Digest that identifies the account of the records. */
	account: string;
	/** Values of the credential that must never be shown. */
	secrets: readonly string[];
	/** Removes these values. */
	redact: Redactor;
	skipSslCertificateValidation: boolean;
	/** Throttle of ordinary requests, and of bulk requests if the vendor counts them separately. */
	throttle: Throttle;
	bulkThrottle: Throttle;
	requestOptions: RequestOptions;
	/** Shared by all connections to the same server. */
	concurrency: AdaptiveConcurrency;
	stats: ConnectionStats;
	/** State of the key by address in this run: `lost` if the vendor accepted it first and then refused all tries. */
	keyAt: Map<string, 'accepted' | 'lost'>;
}

/** Waits and retries of a connection. */
export interface ConnectionStats {
	/** Milliseconds during which at least one request waited for a slot. */
	throttledMs: number;
	/** Number of retries by the outcome of the attempt before. */
	retries: Partial<Record<Outcome, number>>;
	/** Number of requests that wait for a slot now, and the start of that wait. */
	waiting: number;
	since: number;
}

/** Creates the shared data of the connections of a run. */
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
 * Opens the node's credential where there are no items: for lists, triggers and credential tests.
 *
 * @throws FailureError if the credential has no valid address or key
 */
export async function connect(context: CallerContext, vendor: Api): Promise<Connection> {
	return connectionWith(
		openSession(context),
		vendor,
		await context.getCredentials(vendor.credential).catch(refuseExpression),
	);
}

/** Explains why n8n can't resolve a credential without items. n8n's own message is about a node without a name. */
function refuseExpression(error: Error): never {
	if (error.name !== 'ExpressionError') throw error;
	const message =
		'The credential has an expression that uses item data, which has a value only while the workflow runs';
	const description =
		'There is no item here. In a list, choose By ID and enter the ID. For a trigger, choose a credential without such expressions.';
	throw new FailureError({ message, description, input: true, ownCode: 'CREDENTIAL_INVALID' });
}

/**
 * Returns the connection of a credential.
 *
 * @throws FailureError if the credential has no valid address or key
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
 * Returns the connection with the options of an item.
 *
 * @param options checked options
 * @throws FailureError if the credential or the options contain an invalid part of a path, such as an account ID
 */
export function withOptions(connection: Connection, options: Readonly<Record<string, unknown>>): Connection {
	const { vendor, credentials, secrets } = connection;
	const root = connection.root + (vendor.scope?.(credentials, options) ?? '');
	// A scope identifies the account for any key. Without a scope, only the key identifies it.
	const account = vendor.scope ? digest(root) : digest(root, ...secrets);
	return { ...connection, root, account, requestOptions: requestOptionsFrom(options) };
}

/** Returns a key without pasted characters. @throws FailureError if it is blank */
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
	'Open the credential and enter it. An expression has a value only while the workflow runs, and may be empty for some items.';

/**
 * Returns a redactor that is prepared at its first use. A run may have thousands of credentials, and most need no
 * redactor.
 */
function lazyRedactor(secrets: readonly string[]): Redactor {
	let redact: Redactor | undefined;
	return (value) => (redact ??= redactorFor(secrets))(value);
}

/** Returns the label of a key in the credential's form: "API Key" for `apiKey`. */
export function labelOf(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	return (words[0].toUpperCase() + words.slice(1)).replace(/^Api\b/, 'API');
}

/** Returns one digest for all credentials with the same key, because the vendor counts requests by key. */
function digest(...parts: string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function rateOf(credentials: ICredentialDataDecryptedObject): Rate {
	const requests = Math.max(0, Number(toText(credentials.requestsPerWindow)) || 0);
	return { requests, windowMs: Math.max(0, Number(toText(credentials.windowSeconds)) || 0) * 1000 };
}
