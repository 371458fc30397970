import { inexactNumberIn, lossyNumberIn } from '../base/exactJson';
import { isExact, lostDigits } from '../base/numbers';
import { formatValue } from '../base/formatValue';
import { z } from '../base/zod';
import { DerivedField } from './derived';
import { Field } from './field';

/**
 * Returns whether JSON keeps a value unchanged. It has no infinity, changes large numbers and fails on circular
 * objects.
 */
function fitsJson(value: unknown): boolean {
	const refuseInexact = (_key: string, part: unknown) => {
		if (typeof part === 'number' && !isExact(part)) throw new RangeError();
		return part;
	};
	try {
		return JSON.stringify(value, refuseInexact) !== undefined;
	} catch {
		return false;
	}
}

/** Returns how to correct JSON with a number that JSON would change, or undefined if there is no suggestion. */
function jsonSuggestion(value: unknown): string | undefined {
	const lossy = typeof value === 'string' && parsed(value) !== undefined ? lossyNumberIn(value) : undefined;
	if (lossy !== undefined)
		return `The digits of the number ${formatValue(lossy).replaceAll('"', '')} would change. Write it as text, in quotes.`;
	const inexact = inexactNumberIn(value);
	return inexact === undefined
		? undefined
		: (lostDigits(inexact) ?? `JSON has no ${inexact}. Correct the calculation.`);
}

class JsonField extends DerivedField<{ isFlat: boolean }, Record<string, unknown>> {
	/** Accepts only text, numbers, true and false as values, because the vendor takes no nested objects. */
	flat(): this {
		return this.set({ isFlat: true });
	}
}

const deep = z.unknown().transform(read).pipe(z.record(z.unknown()).refine(fitsJson));
const flat = deep.pipe(z.record(z.union([z.string(), z.number(), z.boolean(), z.null()])));

/**
 * Creates a field for a JSON object, given as an object or as text.
 *
 * @example json('Custom Attributes').flat()
 */
export function json(label: string): JsonField {
	return new JsonField(({ isFlat }) => ({
		label,
		wire: { type: 'object' },
		expects: isFlat
			? 'a JSON object like {"key": "value"}, whose values are text, numbers, true or false'
			: 'a JSON object like {"key": "value"}',
		suggestion: jsonSuggestion,
		ui: { type: 'json', default: '' },
		schema: () => (isFlat ? flat : deep),
	}));
}

/**
 * Creates a field for the whole body of a request: a JSON object or list, given as such or as text.
 *
 * @example jsonBody('Body')
 */
export function jsonBody(label: string): Field<object> {
	return new Field<object>({
		label,
		wire: {},
		expects: 'a JSON object or list, like {"key": "value"}',
		suggestion: jsonSuggestion,
		ui: { type: 'json', default: '' },
		schema: () =>
			z
				.unknown()
				.transform(read)
				.refine((value) => typeof value === 'object' && value !== null && !('toJSON' in value) && fitsJson(value)),
		whole: true,
	});
}

/** Parses a text as JSON. Returns undefined if parsing would change a number, and any other value as it is. */
function read(value: unknown): unknown {
	return typeof value !== 'string' || lossyNumberIn(value) === undefined ? parsed(value) : undefined;
}

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
