import { FailureError, failureOf, type Failure } from '../shared/base/failure';
import { valueAt } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** Fields that the documentation allows in this request. WoofedCRM ignores them and copies the values of the catalog. */
const COPIED = ['unit_amount_in_cents', 'product_name', 'product_identifier'];

/**
 * Adds a product to a deal, and then sets the price and names that WoofedCRM ignored.
 *
 * @throws FailureError if the second request fails; its message says that the product was added
 */
export async function addToDeal(send: SendRequest, request: ApiRequest): Promise<unknown> {
	const given = request.body ?? {};
	const added = await send(request);
	const ignored = COPIED.filter((name) => given[name] !== undefined && valueAt(added, name) !== given[name]);
	if (ignored.length === 0) return added;
	let line = 'WoofedCRM returned no ID';
	try {
		const id = idInPath(valueAt(added, 'id'), 'the product on the deal');
		line = `Deal Product ID ${id}`;
		return await send({
			method: 'PUT',
			effect: 'writes',
			path: `/deal_products/${id}`,
			query: {},
			body: Object.fromEntries(ignored.map((name) => [name, given[name]])),
		});
	} catch (error) {
		throw partlyDone(line, ignored, failureOf(error));
	}
}

/** Returns the failure of the second request, with the result of the first one. */
function partlyDone(line: string, ignored: readonly string[], failure: Failure): FailureError {
	const lacking = ignored.includes('unit_amount_in_cents') ? 'price' : 'name or identifier';
	return new FailureError({
		...failure,
		message: `The product was added to the deal (${line}), but ${failure.mayHaveBeenApplied ? 'perhaps ' : ''}without its ${lacking}: ${failure.message}`,
		description:
			'Set the rest with Deal Product > Update. Deal > Get lists the IDs of the products on a deal. Do not run this again: it would add the product twice or be refused.',
		mayHaveBeenApplied: true,
	});
}
