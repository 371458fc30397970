import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Rate } from './limiter';

/** The request that a response belongs to. Its path begins below the scope, and may have a query. */
export interface SentRequest {
	method: string;
	path: string;
}

/** An HTTP answer, whatever its status. */
export interface ApiResponse {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text when it is none. */
	body: unknown;
	isText?: boolean;
}

/** The vendor read the request and did not act. */
interface Refused {
	kind: 'refused';
	message: string;
	code?: string;
	hint?: string;
	/** What was named in the request is not there. */
	isMissing?: boolean;
	/** The version of the vendor does not know the request. */
	isUnsupported?: boolean;
}

/** What a vendor's answer means. */
export type Verdict =
	| { kind: 'success' }
	| Refused
	/** Too many requests: the vendor did not act; `waitSeconds` is what it asks for. */
	| { kind: 'rateLimited'; message: string; waitSeconds?: number }
	/** The vendor broke while it worked: nobody knows whether it acted. */
	| { kind: 'broken'; message: string; code?: string; hint?: string };

/** A vendor's API as far as requests have to know it. */
export interface Api {
	/** Name in messages. */
	name: string;
	/** Name of the credential type. */
	credential: string;
	/** Credential fields whose values must never show up anywhere. */
	secrets: readonly string[];
	/** Where the API begins on its host. */
	apiPath: string;
	/** What the user typed as the host, or the host picked. */
	baseUrl: (credentials: ICredentialDataDecryptedObject) => string;
	/** Part of every path after `apiPath`, such as `/accounts/1`. */
	scope?: (credentials: ICredentialDataDecryptedObject, options: Readonly<Record<string, unknown>>) => string;
	/** What else a request may come to nothing by that the vendor does not know, in a sentence. */
	unsupportedHint?: string;
	/** Rate at which the vendor takes bulk requests, where it counts them apart; its page is named where it is set. */
	bulkRate?: Rate;
	/** A record in the forms that people expect, such as ISO 8601 in place of the vendor's own; for simplified output. */
	tidy?: (record: IDataObject) => IDataObject;
	/** Reads a response; transport-level trouble never reaches it. */
	readResponse: (response: ApiResponse, request?: SentRequest) => Verdict;
}

/**
 * The verdict on an answer that is no success, where the status says all.
 *
 * @param hints advice by status
 */
export function verdictByStatus(status: number, message: string, hints: Readonly<Record<number, string>>): Verdict {
	if (status === 429) return { kind: 'rateLimited', message };
	return status >= 500 ? { kind: 'broken', message } : { kind: 'refused', message, hint: hints[status] };
}
