import { wordsOf } from '../shared/base/json';
import { partsOf } from '../shared/base/phone';
import { Field, text } from '../shared/fields';
import type { Ask, Call } from '../shared/http/call';

const DIGITS = /^\+?\d{4,15}$/;

/** A number without spaces and hyphens, which LeadSquared would not find. https://apidocs.leadsquared.com/get-lead-by-phone/ */
export function searchedPhone(label: string): Field<string, false> {
	const { spec } = text(label).example('+919000000000');
	return new Field<string, false>({
		...spec,
		takes: 'a phone number, with or without country code',
		schema: (context) =>
			spec
				.schema(context)
				.transform((given: string) => given.replace(/[\s().-]/g, '').replace(/^00/, '+'))
				.refine((number) => DIGITS.test(number)),
	});
}

/**
 * Looks for a lead by the number as LeadSquared's page wants it and, where nobody has it, once more with the hyphen after
 * the country code that some accounts keep.
 */
export async function findByPhone(ask: Ask, call: Call): Promise<unknown> {
	const answer = await ask(call);
	const parts = partsOf(wordsOf(call.query.phone));
	const isFound = !Array.isArray(answer) || answer.length > 0;
	return isFound || !parts ? answer : await ask({ ...call, query: { phone: `+${parts.countryCode}-${parts.national}` } });
}
