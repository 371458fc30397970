import type { IDataObject } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../shared/failure';
import type { Ask, Call } from '../shared/request';

/** Members that the documentation lets one set at once, and that WoofedCRM copies from the catalogue all the same. */
const COPIED = ['unit_amount_in_cents', 'product_name', 'product_identifier'];

/**
 * Adds a product to a deal, and then sets the price and names that WoofedCRM did not take over.
 *
 * @throws FailureError that says so when the product was added and the rest failed
 */
export async function addToDeal(ask: Ask, call: Call): Promise<unknown> {
	const given = call.body ?? {};
	const added = (await ask(call)) as IDataObject;
	const ignored = COPIED.filter((name) => given[name] !== undefined && added[name] !== given[name]);
	if (ignored.length === 0) return added;
	try {
		return await ask({ method: 'PUT', path: `/deal_products/${String(added.id)}`, query: {}, body: Object.fromEntries(ignored.map((name) => [name, given[name]])) });
	} catch (error) {
		throw halfDone(added.id, ignored, failureOf(error));
	}
}

/** The failure of the second request, with what has become of the first. */
function halfDone(id: unknown, ignored: readonly string[], failure: Failure): FailureError {
	const lacking = ignored.includes('unit_amount_in_cents') ? 'price' : 'name or identifier';
	return new FailureError({
		...failure,
		headline: `The product was added to the deal (Deal Product ID ${String(id)}), but ${failure.mayHaveBeenApplied ? 'perhaps ' : ''}without its ${lacking}: ${failure.headline}`,
		advice: 'Set the rest with Deal Product > Update and this ID. Do not run this again, which would add the product twice or be refused.',
		mayHaveBeenApplied: true,
	});
}
