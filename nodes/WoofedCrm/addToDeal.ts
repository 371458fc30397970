import { FailureError, failureOf, type Failure } from '../shared/base/failure';
import { valueAt } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/** Members that the documentation lets one set at once, and that WoofedCRM copies from the catalogue all the same. */
const COPIED = ['unit_amount_in_cents', 'product_name', 'product_identifier'];

/**
 * Adds a product to a deal, and then sets the price and names that WoofedCRM did not take over.
 *
 * @throws FailureError that says so when the product was added and the rest failed
 */
export async function addToDeal(send: SendRequest, request: ApiRequest): Promise<unknown> {
	const given = request.body ?? {};
	const added = await send(request);
	const ignored = COPIED.filter((name) => given[name] !== undefined && valueAt(added, name) !== given[name]);
	if (ignored.length === 0) return added;
	let line = 'whose ID WoofedCRM does not tell';
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
		throw halfDone(line, ignored, failureOf(error));
	}
}

/** The failure of the second request, with what has become of the first. */
function halfDone(line: string, ignored: readonly string[], failure: Failure): FailureError {
	const lacking = ignored.includes('unit_amount_in_cents') ? 'price' : 'name or identifier';
	return new FailureError({
		...failure,
		message: `The product was added to the deal (${line}), but ${failure.mayHaveBeenApplied ? 'perhaps ' : ''}without its ${lacking}: ${failure.message}`,
		description:
			'Set the rest with Deal Product > Update; Deal > Get lists the IDs of the products on a deal. Do not run this again, which would add the product twice or be refused.',
		mayHaveBeenApplied: true,
	});
}
