import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';

/** Timeout of the request to a former address, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Error codes of a connection that failed because no server is there. */
const NOBODY_THERE = new Set(['ENOTFOUND', 'ECONNREFUSED']);

/** Statuses of n8n if it has no such webhook. */
const NOT_REGISTERED = [404, 410];

/**
 * Returns whether a former address of a trigger is still in use: `used` if it responds like a trigger, `gone` if no server or no
 * webhook is there, else `unknown`.
 *
 * Two installations with one encryption key have the same instance ID (`InstanceSettings` in n8n-core). The request tells an
 * n8n that moved from a copy of one that still runs. It carries nothing, so a trigger refuses it.
 */
export async function stateOf(context: IHookFunctions, address: string): Promise<'used' | 'gone' | 'unknown'> {
	try {
		const response: unknown = await context.helpers.httpRequest({
			method: 'POST',
			url: address,
			timeout: TIMEOUT_MS,
			json: false,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const status = isObject(response) ? Number(response.statusCode) : NaN;
		if (NOT_REGISTERED.includes(status)) return 'gone';
		return status < 500 ? 'used' : 'unknown';
	} catch (error) {
		return codesOf(error).some((code) => NOBODY_THERE.has(code)) ? 'gone' : 'unknown';
	}
}

/** Returns the error codes of a failed connection. Versions of n8n put the code in different properties. */
function codesOf(error: unknown): string[] {
	const { code, httpCode, cause } = error as IDataObject;
	const own = [code, httpCode].filter((value): value is string => typeof value === 'string');
	return [...own, ...(isObject(cause) ? codesOf(cause) : [])];
}
