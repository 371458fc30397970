import type { IDataObject } from 'n8n-workflow';
import { FailureError } from './failure';
import { isObject, valueAt, toText } from './json';
import { formatValue } from './formatValue';

/**
 * The records of a list in an answer. A list that is missing is no empty list: whoever takes it for one creates what is
 * there already.
 *
 * @param path dotted path of the list; without it the answer is the list
 * @throws FailureError when there is no list, or when it holds anything but records
 */
export function listAt(response: unknown, path?: string): IDataObject[] {
	const list = path === undefined ? response : valueAt(response, path);
	const where = path === undefined ? '' : ` under '${path}'`;
	if (!Array.isArray(list))
		throw malformedResponse(
			`The answer holds no list${where}, but ${formatValue(list === undefined ? response : list)}`,
		);
	const wrong = list.findIndex((record) => !isObject(record));
	if (wrong >= 0)
		throw malformedResponse(`Record ${wrong + 1} of the list${where} is no record, but ${formatValue(list[wrong])}`);
	return list as IDataObject[];
}

/** An answer that lacks what it has to hold. */
export function malformedResponse(message: string): FailureError {
	return new FailureError({
		ownCode: 'UNREADABLE_RESPONSE',
		message,
		description:
			'Check that the address in the credential is the one of the API. If it is, the service has changed, or has trouble: try again later.',
	});
}

/**
 * An id that came in an answer, as a part of a path.
 *
 * @throws FailureError when it is none, because a path with anything else in it would name something else
 */
export function idInPath(id: unknown, noun: string): string {
	const usable = (Number.isSafeInteger(id) && Number(id) > 0) || (typeof id === 'string' && /^[\w-]+$/.test(id));
	if (!usable) throw malformedResponse(`The answer names no usable ID of ${noun}, but ${formatValue(id)}`);
	return toText(id);
}
