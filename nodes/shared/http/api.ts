import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Rate } from './limiter';

/** The request that a response belongs to. Its path begins below the scope, and may have a query. */
export interface SentRequest {
	method: string;
	path: string;
}

/** An HTTP response with any status. */
export interface ApiResponse {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or text if the body is not JSON. */
	body: unknown;
	isText?: boolean;
}

/** The vendor refused the request and did not act. */
interface Refused {
	kind: 'refused';
	message: string;
	code?: string;
	hint?: string;
	/** Whether the record that the request names does not exist. */
	isMissing?: boolean;
	/** Whether this version of the vendor does not support the request. */
	isUnsupported?: boolean;
}

/** The meaning of a vendor's response. */
export type Verdict =
	| { kind: 'success' }
	| Refused
	/** Too many requests: the vendor did not act. `waitSeconds` is the pause that it requires. */
	| { kind: 'rateLimited'; message: string; waitSeconds?: number }
	/** A server error: the vendor may have acted. */
	| { kind: 'broken'; message: string; code?: string; hint?: string };

/** Everything that requests need to know about a vendor's API. */
export interface Api {
	/** Name in messages. */
	name: string;
	/** Name of the credential type. */
	credential: string;
	/** Credential fields whose values must never be shown. */
	secrets: readonly string[];
	/** Path of the API on its host. */
	apiPath: string;
	/** Returns the base URL that the user entered, or the host that the user selected. */
	baseUrl: (credentials: ICredentialDataDecryptedObject) => string;
	/** Part of every path after `apiPath`, such as `/accounts/1`. */
	scope?: (credentials: ICredentialDataDecryptedObject, options: Readonly<Record<string, unknown>>) => string;
	/** Another possible reason why the vendor does not know a request, as a sentence. */
	unsupportedHint?: string;
	/** Rate limit of bulk requests, if the vendor counts them separately. Each vendor's file names the source. */
	bulkRate?: Rate;
	/** Converts a record to common formats, such as ISO 8601 dates; for simplified output. */
	tidy?: (record: IDataObject) => IDataObject;
	/** Interprets a response. Connection errors never reach it. */
	readResponse: (response: ApiResponse, request?: SentRequest) => Verdict;
}

/**
 * Returns the verdict on a failed response if only its status matters.
 *
 * @param hints hint by status
 */
export function verdictByStatus(status: number, message: string, hints: Readonly<Record<number, string>>): Verdict {
	if (status === 429) return { kind: 'rateLimited', message };
	return status >= 500 ? { kind: 'broken', message } : { kind: 'refused', message, hint: hints[status] };
}
