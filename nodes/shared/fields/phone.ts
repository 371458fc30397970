import { readPhone } from '../base/phone';
import { Field } from './field';
import { text } from './text';

/** A phone number, sent in E.164. Without a country code it is one of the Default Country, and refused where there is none. */
export function phone(label: string): Field<string, false> {
	const { spec } = text(label).example('+5511999999999');
	return new Field<string, false>({
		...spec,
		takes: 'a phone number with country code, such as +5511999999999, or a national one where Default Country in Options says of which country',
		schema: (context) =>
			spec
				.schema(context)
				.transform((value: string) => readPhone(value, context.defaultCountry))
				.refine((value) => value !== undefined),
	});
}
