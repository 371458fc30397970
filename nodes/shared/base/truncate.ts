import type { Failure } from './failure';
import type { Redactor } from './redact';
import { endOf, lengthOf, startOf } from './text';

/** Maximum length of a vendor's text in an error. */
const LONGEST_TEXT = 1_000;

/** Maximum length of the pack's own messages, which may contain text of a vendor or a user. */
const LONGEST_SENTENCE = 5_000;

/** Characters that stay at the end of a message: its item, and whether the request may have been carried out. */
const END_OF_SENTENCE = 500;

/** Maximum number of keys or elements, and maximum depth, that an error shows. */
const MOST_ENTRIES = 50;
const DEEPEST = 12;

/** Maximum total length of all texts of a value. */
const LONGEST_IN_ALL = 20_000;

/** Truncates a text for an error, and adds its full length. */
export function truncateText(text: string, longest = LONGEST_TEXT): string {
	return text.length <= longest ? text : `${startOf(text, longest)}... (${lengthOf(text)} characters)`;
}

/** Truncates one of the pack's own messages in the middle. */
function truncateMessage(text: string): string {
	if (text.length <= LONGEST_SENTENCE) return text;
	return `${truncateText(text, LONGEST_SENTENCE - END_OF_SENTENCE)} ...${endOf(text, END_OF_SENTENCE)}`;
}

/** Truncates a vendor's response for an error, because n8n stores errors with the execution. */
export function truncateResponse(value: unknown): unknown {
	let left = LONGEST_IN_ALL;
	const cut = (part: unknown, level: number): unknown => {
		if (typeof part === 'string') {
			const text = truncateText(part, Math.max(0, Math.min(LONGEST_TEXT, left)));
			left -= text.length;
			return text;
		}
		if (typeof part !== 'object' || part === null) return part;
		if (level === DEEPEST || left <= 0) return '...';
		if (Array.isArray(part))
			return [
				...part.slice(0, MOST_ENTRIES).map((element) => cut(element, level + 1)),
				...(part.length > MOST_ENTRIES ? [`... (${part.length} in total)`] : []),
			];
		const entries = Object.entries(part);
		const shown = entries
			.slice(0, MOST_ENTRIES)
			.map(([name, value]) => [truncateText(name, 100), cut(value, level + 1)]);
		return Object.fromEntries([
			...shown,
			...(entries.length > MOST_ENTRIES ? [['...', `${entries.length} keys in total`]] : []),
		]);
	};
	return cut(value, 0);
}

/** Returns a failure for users: without secrets and truncated. */
export function presentableFailure(failure: Failure, redact: Redactor): Failure {
	const { message, description, code, response, ...rest } = redact(failure);
	return {
		...rest,
		message: truncateMessage(message),
		description: description === undefined ? undefined : truncateMessage(description),
		code: code === undefined ? undefined : truncateText(code),
		response: truncateResponse(response),
	};
}
