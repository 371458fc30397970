import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';

/** How long a former address has for its response, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Codes of a connection that could not be made. */
const NOBODY_THERE = new Set(['ENOTFOUND', 'ECONNREFUSED']);

/** n8n's response where it has no such webhook. */
const NOT_REGISTERED = [404, 410];

/**
 * Whether somebody still listens at an address that a trigger had: `used` when it responds as a trigger does, `gone` when no
 * server or no webhook is there, else `unknown`.
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

/** Versions of n8n differ in where they put the code of a failed connection. */
function codesOf(error: unknown): string[] {
	const { code, httpCode, cause } = error as IDataObject;
	const own = [code, httpCode].filter((value): value is string => typeof value === 'string');
	return [...own, ...(isObject(cause) ? codesOf(cause) : [])];
}
