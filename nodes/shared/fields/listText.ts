import { toText } from '../base/json';
import { parseKeepingDigits } from '../base/exactJson';
import { tidy } from '../base/text';

/** A part in quotes, or a part up to the next comma. */
const QUOTED_OR_PLAIN = /\s*"([^"]*)"\s*(?:,|$)|([^,]*)(?:,|$)/g;

/** Returns the trimmed parts of comma-separated text, empty ones included. A comma inside quotes does not separate. */
export function quotedParts(text: string): string[] {
	return [...text.matchAll(QUOTED_OR_PLAIN)].map(([, quoted, plain]) =>
		(quoted ?? plain).trim().replace(/^"(.*)"$/, '$1'),
	);
}

/**
 * Joins the parts that together are one of the known choices, because a choice may contain a comma.
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

/** Returns a text in lower case and without blanks around commas, for comparison. */
const foldedOf = (text: string) =>
	tidy(text)
		.toLowerCase()
		.replace(/\s*,\s*/g, ',');

/**
 * Returns the elements of a list in JSON text, which AI models and n8n's editor write. Numbers become text, as in
 * comma-separated text.
 */
export function listInJson(text: string): unknown[] | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return undefined;
	try {
		return (parseKeepingDigits(trimmed) as unknown[]).map((part) => (typeof part === 'object' ? part : toText(part)));
	} catch {
		return undefined;
	}
}
