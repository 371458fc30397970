import { z } from '../base/zod';
import { DerivedField } from './derived';
import { Field } from './field';

/** JSON knows no infinity: it would be sent as null. */
function isFiniteThroughout(value: unknown): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	return typeof value !== 'object' || value === null || 'toJSON' in value || Object.values(value).every(isFiniteThroughout);
}

class JsonField<Required extends boolean = false> extends DerivedField<{ isFlat: boolean }, Record<string, unknown>, Required> {
	/** The vendor takes texts, numbers, true and false as values, and nothing inside them. */
	flat(): this {
		return this.tell({ isFlat: true });
	}
}

const deep = z.unknown().transform(parse).pipe(z.record(z.unknown()).refine(isFiniteThroughout));
const flat = deep.pipe(z.record(z.union([z.string(), z.number(), z.boolean(), z.null()])));

/** A JSON object, as an object or as text. */
export function json(label: string): JsonField {
	return new JsonField(({ isFlat }) => ({
		label,
		wire: { type: 'object' },
		takes: isFlat ? 'a JSON object whose values are texts, numbers, true or false, such as {"key": "value"}' : 'a JSON object such as {"key": "value"}',
		ui: { type: 'json', default: '' },
		schema: () => (isFlat ? flat : deep),
	}));
}

/** The whole body of a request: a JSON object or list, as such or as text. */
export function jsonBody(label: string): Field<object, false> {
	return new Field<object, false>({
		label,
		wire: {},
		takes: 'a JSON object or list, such as {"key": "value"}',
		ui: { type: 'json', default: '' },
		schema: () =>
			z
				.unknown()
				.transform(parse)
				.refine((value) => typeof value === 'object' && value !== null && !('toJSON' in value) && isFiniteThroughout(value)),
		whole: true,
	});
}

function parse(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
