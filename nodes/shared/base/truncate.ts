import type { Failure } from './failure';
import type { Redactor } from './redact';
import { endOf, lengthOf, startOf } from './text';

/** Characters of a vendor's text that an error shows. */
const LONGEST_TEXT = 1_000;

/** Characters of a sentence of the pack's own, which may hold words of a vendor or a user. */
const LONGEST_SENTENCE = 5_000;

/** Characters of its end that stay: which item it is about, and whether it may have been carried out. */
const END_OF_SENTENCE = 500;

/** Members of an object or list, and levels, that an error shows. */
const MOST_MEMBERS = 50;
const DEEPEST = 12;

/** Characters that all texts of a value may have together. */
const LONGEST_IN_ALL = 20_000;

/** A text for an error, cut with a note of how long it was. */
export function truncateText(text: string, longest = LONGEST_TEXT): string {
	return text.length <= longest ? text : `${startOf(text, longest)}... (${lengthOf(text)} characters)`;
}

/** A sentence of the pack's own, cut in its middle. */
function truncateMessage(text: string): string {
	if (text.length <= LONGEST_SENTENCE) return text;
	return `${truncateText(text, LONGEST_SENTENCE - END_OF_SENTENCE)} ...${endOf(text, END_OF_SENTENCE)}`;
}

/** A vendor's answer as far as an error shows it, because errors are stored with the execution. */
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
				...part.slice(0, MOST_MEMBERS).map((member) => cut(member, level + 1)),
				...(part.length > MOST_MEMBERS ? [`... (${part.length} in all)`] : []),
			];
		const members = Object.entries(part);
		const shown = members
			.slice(0, MOST_MEMBERS)
			.map(([name, member]) => [truncateText(name, 100), cut(member, level + 1)]);
		return Object.fromEntries([
			...shown,
			...(members.length > MOST_MEMBERS ? [['...', `${members.length} members in all`]] : []),
		]);
	};
	return cut(value, 0);
}

/** A failure as it may be shown: without secrets, and not larger than anybody reads. */
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
