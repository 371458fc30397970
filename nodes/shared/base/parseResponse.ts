import type { IDataObject } from 'n8n-workflow';
import { FailureError } from './failure';
import { isObject, valueAt, toText } from './json';
import { formatValue } from './formatValue';

/**
 * Returns the records of a list in a response.
 *
 * A missing list is an error and not an empty list. Otherwise an upsert would create records that already exist.
 *
 * @param path dotted path of the list; without a path the response itself is the list
 * @throws FailureError if there is no list, or an element of it is not an object
 */
export function listAt(response: unknown, path?: string): IDataObject[] {
	const list = path === undefined ? response : valueAt(response, path);
	const where = path === undefined ? '' : ` under '${path}'`;
	if (!Array.isArray(list))
		throw malformedResponse(
			`The response contains no list${where}, but ${formatValue(list === undefined ? response : list)}`,
		);
	const wrong = list.findIndex((record) => !isObject(record));
	if (wrong >= 0)
		throw malformedResponse(
			`Record ${wrong + 1} of the list${where} is not an object, but ${formatValue(list[wrong])}`,
		);
	return list as IDataObject[];
}

/** Returns the error of a response without a required list, record or ID. */
export function malformedResponse(message: string): FailureError {
	return new FailureError({
		ownCode: 'UNREADABLE_RESPONSE',
		message,
		description:
			'Check that the address in the credential is the address of the API. If it is, the API may have changed or may be failing. Try again later.',
	});
}

/**
 * Returns an ID from a response as a part of a path.
 *
 * @throws FailureError if the value is not an ID, because other characters could lead to another endpoint
 */
export function idInPath(id: unknown, noun: string): string {
	const usable = (Number.isSafeInteger(id) && Number(id) > 0) || (typeof id === 'string' && /^[\w-]+$/.test(id));
	if (!usable) throw malformedResponse(`The response contains no usable ID of ${noun}, but ${formatValue(id)}`);
	return toText(id);
}
