import { toText } from '../shared/base/json';
import { partsOf, possiblePhone, equivalentPhones } from '../shared/base/phone';
import { plainPhoneField, type Field } from '../shared/fields';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * Returns a field for a number to search for. It removes spaces and hyphens, because LeadSquared finds no number with
 * them. https://apidocs.leadsquared.com/get-lead-by-phone/
 */
export const searchedPhone = (label: string): Field<string> => plainPhoneField(label, '+919000000000');

/** Country code, hyphen and number: the form that accounts store. https://apidocs.leadsquared.com/create-a-lead/ */
const STORED = /^\+\d{1,3}-\d+$/;

/** Returns a field for a number to store. A number in a form of the vendor's pages stays as it is. */
export const storedPhone = (label: string): Field<string> =>
	plainPhoneField(label, '+91-9876543210', (number, given) => {
		const text = given.trim();
		return text === number || STORED.test(text) ? text : withHyphen(number);
	});

/** Returns a number with a hyphen after its country code. A number without a country code stays as it is. */
function withHyphen(number: string): string {
	const parts = partsOf(number);
	return parts ? `+${parts.countryCode}-${parts.national}` : number;
}

/**
 * Searches for a lead by phone number until one form of the number is found:
 * - the form that LeadSquared's page documents,
 * - the form with a hyphen after the country code, which some accounts store,
 * - both forms of the equivalent number, for Brazil, Mexico and Argentina.
 *
 * @returns the first response with a lead, else the last response
 */
export async function findByPhone(send: SendRequest, request: ApiRequest): Promise<unknown> {
	let response: unknown;
	for (const phone of searchedForms(toText(request.query.phone))) {
		response = await send({ ...request, query: { phone } });
		if (!Array.isArray(response) || response.length > 0) return response;
	}
	return response;
}

/** Returns the forms of a number to search for, starting with the given form. */
function searchedForms(given: string): string[] {
	const forms = given.startsWith('+') && possiblePhone(given) === given ? equivalentPhones(given) : [given];
	return [...new Set(forms.flatMap((form) => [form, withHyphen(form)]))];
}
