import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { apiRoot } from './baseUrl';
import type { Patience } from './repeat';
import { throttleFor, type Throttle } from './throttle';
import type { Vendor } from './vendor';

/** The places in n8n from which a vendor is called. */
export type CallerContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

/** A credential in use: where to send, how fast, with how much patience. */
export interface Connection {
	context: CallerContext;
	vendor: Vendor;
	/** Address that request paths are appended to. */
	root: string;
	/** Values to keep out of everything that is shown. */
	secrets: string[];
	skipSslCertificateValidation: boolean;
	throttle: Throttle;
	patience: Patience;
	/** Longest wait for one answer, in milliseconds. */
	timeoutMs: number;
	/** Ends every wait: aborted when the execution is stopped, and when a failed item stops the node. */
	signal: AbortSignal;
	/** Starts no further request; requests under way are waited for. */
	halt: () => void;
	/** Milliseconds spent so far: for a slot, and on repeats; and how many repeats there were. */
	spent: { throttledMs: number; repeats: number };
}

const DEFAULT_PATIENCE: Patience = { maxTries: 5, maxWaitMs: 300_000 };
const DEFAULT_TIMEOUT_MS = 60_000;

/** Opens the node's credential for use. `options` are the node's own, where a vendor lets them overrule the credential. */
export async function connect(context: CallerContext, vendor: Vendor, options: IDataObject = {}): Promise<Connection> {
	const credentials = await context.getCredentials(vendor.credential);
	const root = apiRoot(vendor.baseUrl(credentials), vendor.apiPath);
	const halt = new AbortController();
	const cancelled = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const secrets = vendor.secrets.map((name) => String(credentials[name] ?? '')).filter((secret) => secret !== '');
	return {
		context,
		vendor,
		root: root + (vendor.scope?.(credentials, options) ?? ''),
		secrets,
		skipSslCertificateValidation: credentials.ignoreSsl === true,
		throttle: throttleFor(bucketKey(root, secrets), rateOf(credentials)),
		patience: DEFAULT_PATIENCE,
		timeoutMs: DEFAULT_TIMEOUT_MS,
		signal: cancelled ? AbortSignal.any([cancelled, halt.signal]) : halt.signal,
		halt: () => halt.abort(),
		spent: { throttledMs: 0, repeats: 0 },
	};
}

/** Two credentials with the same key share a bucket, because the vendor counts by key. */
function bucketKey(root: string, secrets: readonly string[]): string {
	return createHash('sha256').update([root, ...secrets].join('\n')).digest('hex');
}

function rateOf(credentials: ICredentialDataDecryptedObject) {
	const requests = Math.max(0, Number(credentials.requestsPerWindow) || 0);
	return { requests, windowMs: Math.max(0, Number(credentials.windowSeconds) || 0) * 1000 };
}
