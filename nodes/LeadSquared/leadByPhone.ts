import { toText } from '../shared/base/json';
import { partsOf, possiblePhone, equivalentPhones } from '../shared/base/phone';
import { plainPhoneField, type Field } from '../shared/fields';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** A number without spaces and hyphens, which LeadSquared would not find. https://apidocs.leadsquared.com/get-lead-by-phone/ */
export const searchedPhone = (label: string): Field<string> => plainPhoneField(label, '+919000000000');

/** Country code, hyphen and number: the form in which accounts keep numbers. https://apidocs.leadsquared.com/create-a-lead/ */
const STORED = /^\+\d{1,3}-\d+$/;

/** A number as it is stored: one that is written in a form of the vendor's pages stays as it is. */
export const storedPhone = (label: string): Field<string> =>
	plainPhoneField(label, '+91-9876543210', (number, given) => {
		const text = given.trim();
		return text === number || STORED.test(text) ? text : withHyphen(number);
	});

/** A number with a hyphen behind its country code; one without a country code as it is. */
function withHyphen(number: string): string {
	const parts = partsOf(number);
	return parts ? `+${parts.countryCode}-${parts.national}` : number;
}

/**
 * Looks for a lead by the number as LeadSquared's page wants it and, where nobody has it, once more with the hyphen after
 * the country code that some accounts keep, and in the other form of a number of Brazil, Mexico or Argentina.
 */
export async function findByPhone(send: SendRequest, request: ApiRequest): Promise<unknown> {
	let response: unknown;
	for (const phone of searchedForms(toText(request.query.phone))) {
		response = await send({ ...request, query: { phone } });
		if (!Array.isArray(response) || response.length > 0) return response;
	}
	return response;
}

/** The forms of a number, first the one that was given. */
function searchedForms(given: string): string[] {
	const forms = given.startsWith('+') && possiblePhone(given) === given ? equivalentPhones(given) : [given];
	return [...new Set(forms.flatMap((form) => [form, withHyphen(form)]))];
}
