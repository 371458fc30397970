import { wordsOf } from '../base/json';
import { z, type ZodTypeAny } from '../base/zod';
import { DerivedField, given, typeOptions } from './derived';
import type { FieldSpec } from './field';

interface NumberFacts {
	minimum?: number;
	maximum?: number;
	isBlank?: boolean;
	isText?: boolean;
	start?: FieldSpec['ui']['default'];
}

class NumberField<Required extends boolean = false> extends DerivedField<NumberFacts, number, Required> {
	/** Smallest number the vendor takes. */
	min(minimum: number): this {
		return this.tell({ minimum });
	}

	/** Largest number the vendor takes. */
	max(maximum: number): this {
		return this.tell({ maximum });
	}

	/** A form element that can be left blank, where a number that nobody typed would do harm. */
	blank(): this {
		return this.tell({ isBlank: true });
	}

	override startsAs(start: FieldSpec['ui']['default']): this {
		return this.tell({ start });
	}
}

export class IntegerField<Required extends boolean = false> extends NumberField<Required> {
	/** Sent as text, because the vendor's page does so. */
	asText(): this {
		return this.tell({ isText: true });
	}
}

export class DecimalField<Required extends boolean = false> extends NumberField<Required> {}

const wholeNumber = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^[+-]?\d+$/)
			.transform(Number),
	])
	.pipe(z.number().int().safe());

/** A whole number, also as text. */
export function integer(label: string): IntegerField {
	return new IntegerField((facts) => {
		const { minimum, maximum, isText } = facts;
		const schema = bounded(wholeNumber, facts);
		return {
			label,
			// JSON Schema has no bounds for texts.
			wire: isText ? { type: 'string' } : { type: 'integer', ...given({ minimum, maximum }) },
			takes: inWords('a whole number', facts),
			ui: element(facts, { numberPrecision: 0, minValue: minimum, maxValue: maximum }),
			schema: () => (isText ? schema.transform(String) : schema),
		};
	});
}

const anyNumber = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^[+-]?\d+(\.\d+)?$/)
			.transform(Number),
	])
	.pipe(z.number().finite());

/** A number with a decimal point, also as text; a decimal comma is refused, because 1,234 means two things. */
export function decimal(label: string): DecimalField {
	return new DecimalField((facts) => {
		const { minimum, maximum } = facts;
		const schema = bounded(anyNumber, facts);
		return {
			label,
			wire: { type: 'number', ...given({ minimum, maximum }) },
			takes: inWords('a number', facts, ' such as 1234.56'),
			ui: element(facts, {}),
			schema: () => schema,
		};
	});
}

function bounded(schema: ZodTypeAny, { minimum = -Infinity, maximum = Infinity }: NumberFacts): ZodTypeAny {
	return schema.pipe(z.number().min(minimum).max(maximum));
}

/** @param example stands where no largest number shows what the numbers look like */
function inWords(noun: string, { minimum, maximum }: NumberFacts, example = ''): string {
	if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
	if (maximum !== undefined) return `${noun} of at most ${maximum}`;
	return minimum === undefined ? `${noun}${example}` : `${noun} of at least ${minimum}${example && `,${example}`}`;
}

function element(facts: NumberFacts, options: Parameters<typeof typeOptions>[0]): FieldSpec['ui'] {
	const { minimum = -Infinity, maximum = Infinity, isBlank, start } = facts;
	// Only a text element can be left blank, and what it starts as is text, too.
	if (isBlank) return { type: 'string', default: start === undefined ? '' : wordsOf(start) };
	return { type: 'number', default: start ?? Math.min(Math.max(0, minimum), maximum), ...typeOptions(options) };
}
