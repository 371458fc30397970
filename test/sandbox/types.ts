import type { VendorName } from './contract';
import type { Panel } from './panel';

export interface Reply {
	status: number;
	/** An object is sent as JSON, text as it is. */
	body?: unknown;
	headers?: Record<string, string>;
	/** True on a success that changed nothing after all, as a batch all of whose rows were refused. */
	unchanged?: boolean;
}

export interface SandboxRequest {
	params: Record<string, string>;
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	headers: Record<string, string | undefined>;
}

/** One request as it came in, and what became of it. */
export interface Recorded {
	method: string;
	/** Path without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | undefined>;
	body: unknown;
	/** Moment of arrival, in milliseconds. */
	at: number;
	operationId?: string;
	/** Status of the answer; undefined when none was sent. */
	status?: number;
	/** What the vendor would have answered, whatever a fault made of it; undefined when it did not look. */
	answer?: Reply;
	/** True when the vendor acted on it. */
	applied: boolean;
	/** Why the contract refuses it. */
	problems?: string[];
}

/** What a vendor sends by itself. */
export interface Delivery {
	url: string;
	/** The body as it is sent, to the last byte; without one it is the question whether anybody is there. */
	body?: string;
	headers: Record<string, string>;
	/** Told the status of the response. */
	onStatus?: (status: number) => void;
}

export type Handler = (request: SandboxRequest) => Reply;

/** A vendor as a local server: its contract, its words, and what its operations do. */
export interface VendorSandbox {
	vendor: VendorName;
	/** Path of the contract's server. */
	apiRoot: string;
	/** Whether a request carries the sandbox's key. */
	authorized: (headers: SandboxRequest['headers']) => boolean;
	handlers: Record<string, Handler>;
	unauthorized: Reply;
	notFound: Reply;
	/** Answer to a request that the contract refuses, in the vendor's shape. */
	invalid: (problems: Problem[]) => Reply;
	tooMany: (waitMs: number) => Reply;
	/** Where an administrator adds webhooks by hand. */
	panel?: Panel;
	/** The daily check of webhooks that were added by API. */
	verifyWebhooks?: () => Promise<void>;
	/** What is to be sent since the last look. */
	deliveries?: () => Delivery[];
	/** Takes every request, without the contract, as an old version of the vendor's server does. */
	lenient?: (request: SandboxRequest & { method: string; path: string }) => Reply;
	/** The operations that change something, where the vendor's methods do not tell; every one but GETs when left out. */
	writes?: ReadonlySet<string>;
	/** Whether the vendor counts requests of this path in a limit of their own. */
	isBulk?: (path: string) => boolean;
}

export interface Problem {
	/** Member of the request, or an empty text for the whole. */
	field: string;
	message: string;
}
