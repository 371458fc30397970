import { z } from '../base/zod';
import { DerivedField } from './derived';
import { Field } from './field';

/** Whether JSON holds a value as it is: it would call an infinity null, and knows nothing of what holds itself. */
function fitsJson(value: unknown): boolean {
	const refuseInfinity = (_key: string, part: unknown) => {
		if (typeof part === 'number' && !Number.isFinite(part)) throw new RangeError();
		return part;
	};
	try {
		return JSON.stringify(value, refuseInfinity) !== undefined;
	} catch {
		return false;
	}
}

class JsonField<Required extends boolean = false> extends DerivedField<{ isFlat: boolean }, Record<string, unknown>, Required> {
	/** The vendor takes texts, numbers, true and false as values, and nothing inside them. */
	flat(): this {
		return this.tell({ isFlat: true });
	}
}

const deep = z.unknown().transform(parse).pipe(z.record(z.unknown()).refine(fitsJson));
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
				.refine((value) => typeof value === 'object' && value !== null && !('toJSON' in value) && fitsJson(value)),
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
