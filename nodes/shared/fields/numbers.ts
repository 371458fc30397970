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
	/** Sets the smallest number that the vendor accepts. */
	min(minimum: number): this {
		return this.set({ minimum });
	}

	/** Sets the largest number that the vendor accepts. */
	max(maximum: number): this {
		return this.set({ maximum });
	}

	/** Lets the user leave the form element blank, if a default number would do harm. */
	blank(): this {
		return this.set({ isBlank: true });
	}

	override default(start: FieldSpec['ui']['default']): this {
		return this.set({ start });
	}
}

export class IntegerField extends NumberField {
	/** Sends the number as text, as the vendor's page does. */
	asText(): this {
		return this.set({ isText: true });
	}
}

export class DecimalField extends NumberField {}

/** Refuses text with a decimal point, even `1999.0`, because it may be a price where the field wants cents. */
const wholeNumber = readBy((value) => {
	const number = typeof value === 'string' && !IN_WHOLE.test(tidyCode(value)) ? undefined : parseNumber(value);
	return Number.isSafeInteger(number) ? number : undefined;
});

const IN_WHOLE = /^[+-]?\d+$/;

/**
 * Creates a field for a whole number, also given as text.
 *
 * @example integer('Rating').min(1).max(5).required()
 */
export function integer(label: string): IntegerField {
	return new IntegerField((facts) => {
		const { minimum, maximum, isText } = facts;
		const schema = bounded(wholeNumber, facts);
		return {
			label,
			// JSON Schema has no bounds for text.
			wire: isText ? { type: 'string' } : { type: 'integer', ...given({ minimum, maximum }) },
			expects: numberText('a whole number', facts),
			suggestion: integerSuggestion,
			ui: element(facts, { numberPrecision: 0, minValue: minimum, maxValue: maximum }),
			schema: () => (isText ? schema.transform(String) : schema),
		};
	});
}

const anyNumber = readBy(parseNumber);

/**
 * Creates a field for a number with a decimal point, also given as text. A decimal comma is refused, because 1,234 is
 * ambiguous.
 *
 * @example decimal('Latitude').min(-90).max(90).required()
 */
export function decimal(label: string): DecimalField {
	return new DecimalField((facts) => {
		const { minimum, maximum } = facts;
		const schema = bounded(anyNumber, facts);
		return {
			label,
			wire: { type: 'number', ...given({ minimum, maximum }) },
			expects: numberText('a number', facts, ' like 1234.56'),
			suggestion: numberSuggestion,
			ui: element(facts, {}),
			schema: () => schema,
		};
	});
}

function bounded(schema: ZodTypeAny, { minimum = -Infinity, maximum = Infinity }: NumberFacts): ZodTypeAny {
	return schema.pipe(z.number().min(minimum).max(maximum));
}

/** @param example example number, shown only if there is no largest number */
function numberText(noun: string, { minimum, maximum }: NumberFacts, example = ''): string {
	if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
	if (maximum !== undefined) return `${noun} of at most ${maximum}`;
	return minimum === undefined ? `${noun}${example}` : `${noun} of at least ${minimum}${example && `,${example}`}`;
}

function element(facts: NumberFacts, options: Parameters<typeof typeOptions>[0]): FieldSpec['ui'] {
	const { minimum = -Infinity, maximum = Infinity, isBlank, start } = facts;
	// Only a text element can be blank, and its default is text too.
	if (isBlank) return { type: 'string', default: start === undefined ? '' : toText(start) };
	return { type: 'number', default: start ?? Math.min(Math.max(0, minimum), maximum), ...typeOptions(options) };
}
