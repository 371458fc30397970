import { toText } from '../base/json';
import { parseNumber } from '../base/numbers';
import { tidyCode } from '../base/text';
import { z, type ZodTypeAny } from '../base/zod';
import { DerivedField, given, typeOptions } from './derived';
import type { FieldSpec } from './field';
import { integerSuggestion, numberSuggestion } from './numberSuggestion';
import { readBy } from './readBy';

interface NumberFacts {
	minimum?: number;
	maximum?: number;
	isBlank?: boolean;
	isText?: boolean;
	start?: FieldSpec['ui']['default'];
}

class NumberField extends DerivedField<NumberFacts, number> {
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

	override default(start: FieldSpec['ui']['default']): this {
		return this.tell({ start });
	}
}

export class IntegerField extends NumberField {
	/** Sent as text, because the vendor's page does so. */
	asText(): this {
		return this.tell({ isText: true });
	}
}

export class DecimalField extends NumberField {}

/** Text with a point is refused, also `1999.0`: it may be the price of something whose cents are wanted. */
const wholeNumber = readBy((value) => {
	const number = typeof value === 'string' && !IN_WHOLE.test(tidyCode(value)) ? undefined : parseNumber(value);
	return Number.isSafeInteger(number) ? number : undefined;
});

const IN_WHOLE = /^[+-]?\d+$/;

/** A whole number, also as text. */
export function integer(label: string): IntegerField {
	return new IntegerField((facts) => {
		const { minimum, maximum, isText } = facts;
		const schema = bounded(wholeNumber, facts);
		return {
			label,
			// JSON Schema has no bounds for texts.
			wire: isText ? { type: 'string' } : { type: 'integer', ...given({ minimum, maximum }) },
			expects: inWords('a whole number', facts),
			suggestion: integerSuggestion,
			ui: element(facts, { numberPrecision: 0, minValue: minimum, maxValue: maximum }),
			schema: () => (isText ? schema.transform(String) : schema),
		};
	});
}

const anyNumber = readBy(parseNumber);

/** A number with a decimal point, also as text; a decimal comma is refused, because 1,234 means two things. */
export function decimal(label: string): DecimalField {
	return new DecimalField((facts) => {
		const { minimum, maximum } = facts;
		const schema = bounded(anyNumber, facts);
		return {
			label,
			wire: { type: 'number', ...given({ minimum, maximum }) },
			expects: inWords('a number', facts, ' like 1234.56'),
			suggestion: numberSuggestion,
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
	if (isBlank) return { type: 'string', default: start === undefined ? '' : toText(start) };
	return { type: 'number', default: start ?? Math.min(Math.max(0, minimum), maximum), ...typeOptions(options) };
}
