import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Fields, VendorFormats } from './fields';
import type { Rate } from './throttle';

/** An HTTP answer, whatever its status. */
export interface Answer {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text when it is none. */
	body: unknown;
	isText?: boolean;
}

/** What a vendor's answer means. */
export type Verdict =
	| { kind: 'success' }
	/** The vendor read the request and did not act. */
	| { kind: 'refused'; message: string; code?: string; hint?: string }
	/** Too many requests: the vendor did not act; `waitSeconds` is what it asks for. */
	| { kind: 'slowDown'; message: string; waitSeconds?: number }
	/** The vendor broke while it worked: nobody knows whether it acted. */
	| { kind: 'broken'; message: string; code?: string; hint?: string };

/** All that is true for every operation of a vendor. */
export interface Vendor {
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
	/** The vendor's own members of the collection 'Options', the same for all operations. */
	options?: Fields;
	formats: VendorFormats;
	/** Pause in seconds when the vendor says "slow down" without saying how long; its page is named where it is set. */
	slowDownSeconds: number;
	/** Rate at which the vendor takes bulk requests, where it counts them apart; its page is named where it is set. */
	bulkRate?: Rate;
	/** Reads a JSON answer; transport-level trouble never reaches it. */
	readAnswer: (answer: Answer) => Verdict;
}

/**
 * The verdict on an answer that is no success, where the status says all.
 *
 * @param hints advice by status
 */
export function verdictByStatus(status: number, message: string, hints: Readonly<Record<number, string>>): Verdict {
	if (status === 429) return { kind: 'slowDown', message };
	return status >= 500 ? { kind: 'broken', message } : { kind: 'refused', message, hint: hints[status] };
}

/** A member of an unknown object by its dotted path. */
export function memberOf(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? (part as IDataObject)[key] : undefined), value);
}

/** The entry of a table under a key that came from elsewhere, and may be the name of something that every object has. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, key: unknown): Entry | undefined {
	return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any value in words: an object as its JSON, because its own `toString` may be anything. */
export function wordsOf(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What is known of a record, as one line of a drop-down. */
export const lineOf = (...parts: unknown[]): string => parts.filter(Boolean).map(wordsOf).join(' · ');

/** First text among some members of an answer: a text, a list of texts, or lists of texts by field. */
export function firstText(body: unknown, members: readonly string[]): string | undefined {
	for (const name of members) {
		const words = textsOf(memberOf(body, name));
		if (words.length > 0) return words.join('; ');
	}
	return undefined;
}

/** Every text inside a value; texts of an object come with the name of their member. */
export function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
	if (Array.isArray(value)) return value.flatMap(textsOf);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, member]) => textsOf(member).map((words) => `${key}: ${words}`));
}
