import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import { findAndLock, type SendRequest, type ApiRequest } from '../shared/http/apiRequest';
import { recordName } from '../shared/http/limiter';
import { dealsNamed } from './dealsNamed';
import { writeDeal } from './writeDeal';

interface Wanted {
	contact_id: string | number;
	name: string;
	stage_id?: string | number;
	existing?: string;
}

/**
 * Creates a deal, or updates the deal of this contact with exactly this name.
 *
 * WoofedCRM's own upsert updates the contact's oldest deal, regardless of name, pipeline and status. So the node searches
 * for the deal itself.
 *
 * @throws FailureError if several deals match, or a new deal has no stage, before anything is changed
 */
export async function upsertDeal(send: SendRequest, request: ApiRequest, input: Wanted): Promise<unknown> {
	// The search trims its value, so it would never find a name that was stored with spaces around it.
	const name = input.name.trim();
	const found = await findAndLock(
		send,
		async () => await dealsNamed(send, input.contact_id, name),
		(deals) => (deals.length === 1 ? recordName('deals', deals[0].id) : undefined),
	);
	const body: IDataObject = { ...request.body, name };
	if (found.length > 1)
		throw new FailureError({
			ownCode: 'AMBIGUOUS',
			message: `The contact has ${found.length} deals with the name '${name}': ${found.map(({ id, status }) => `ID ${toText(id)} (${toText(status)})`).join(', ')}`,
			description: 'Nothing was changed. Rename all but one of them, or use Deal > Update with the ID.',
		});
	const [deal] = found;
	if (deal)
		return await writeDeal(
			send,
			{ ...request, method: 'PUT', path: `/deals/${idInPath(deal.id, 'the deal')}`, body },
			input,
		);
	if (input.stage_id === undefined)
		throw new FailureError({
			message: `'Stage' is empty, but the contact has no deal with the name '${name}', and a new deal needs a stage`,
			description: "Nothing was changed. Choose a 'Stage', or use Deal > Update for an existing deal.",
		});
	// A new deal takes the pipeline of its stage.
	const { pipeline_id: _pipeline, ...rest } = body;
	return await send({ ...request, body: rest });
}
