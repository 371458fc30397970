import { toText } from '../base/json';
import { parseKeepingDigits } from '../base/exactJson';
import { tidy } from '../base/text';

/** A part in quotes, or one up to the next comma. */
const QUOTED_OR_PLAIN = /\s*"([^"]*)"\s*(?:,|$)|([^,]*)(?:,|$)/g;

/** The parts of comma-separated text, trimmed, some of them empty. A comma inside quotes does not separate. */
export function quotedParts(text: string): string[] {
	return [...text.matchAll(QUOTED_OR_PLAIN)].map(([, quoted, plain]) =>
		(quoted ?? plain).trim().replace(/^"(.*)"$/, '$1'),
	);
}

/**
 * Joins parts again that together are one of the known choices, because a choice may hold a comma.
 *
 * @example wholeChoices(['Sales', 'North', 'East'], ['Sales, North', 'East']) // ['Sales, North', 'East']
 */
export function wholeChoices(parts: readonly string[], known: readonly string[]): string[] {
	const byText = new Map(known.filter((choice) => choice.includes(',')).map((choice) => [foldedOf(choice), choice]));
	const most = Math.max(1, ...[...byText.keys()].map((choice) => choice.split(',').length));
	const whole: string[] = [];
	for (let at = 0; at < parts.length; ) {
		let length = Math.min(most, parts.length - at);
		while (length > 1 && !byText.has(foldedOf(parts.slice(at, at + length).join()))) length -= 1;
		whole.push(length > 1 ? byText.get(foldedOf(parts.slice(at, at + length).join()))! : parts[at]);
		at += length;
	}
	return whole;
}

/** A text in which blanks around commas and capitals do not count. */
const foldedOf = (text: string) =>
	tidy(text)
		.toLowerCase()
		.replace(/\s*,\s*/g, ',');

/** The members of a list as JSON text, which models and n8n's editor write; numbers are text, as between commas. */
export function listInJson(text: string): unknown[] | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return undefined;
	try {
		return (parseKeepingDigits(trimmed) as unknown[]).map((part) => (typeof part === 'object' ? part : toText(part)));
	} catch {
		return undefined;
	}
}
