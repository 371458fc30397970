import { FailureError } from '../shared/base/failure';
import { toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import { isBrazilian } from '../shared/base/phone';
import { sameEmail, samePhone } from '../shared/base/samePerson';
import { findAndLock, type SendRequest, type ApiRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import { recordName } from '../shared/http/limiter';
import type { IDataObject } from 'n8n-workflow';
import { pages } from './vendor';

/**
 * How many last digits of a number the node searches for. Syncro Chat stores phone numbers as typed. Brazilian numbers
 * end in a group of four digits, others often in pairs.
 */
const LAST_DIGITS = { brazilian: 4, other: 2 };

interface Wanted {
	email?: string;
	phone?: string;
	pipeline_id: string | number;
	stage_id: string | number;
	existing?: string;
}

/**
 * Creates a lead, or finds the lead with this email address or phone number and optionally moves it to the stage.
 *
 * The documentation of Syncro Chat describes no way to change the other fields of a lead. https://docs.syncro.chat/en/leads
 *
 * @returns the lead in its envelope, with `found: true` if the lead already existed
 * @throws FailureError with the names of the leads if several match, before anything is changed
 */
export async function findOrCreateLead(
	send: SendRequest,
	request: ApiRequest,
	{ email, phone, pipeline_id, stage_id, existing }: Wanted,
): Promise<unknown> {
	const same = await findAndLock(
		send,
		async () => await sameLeads(send, email, phone),
		(leads) => (leads.size === 1 ? recordName('leads', [...leads.keys()][0]) : undefined),
	);
	if (same.size === 0) return await send(request);
	if (same.size > 1) {
		throw new FailureError({
			ownCode: 'AMBIGUOUS',
			message: `${same.size} leads have this email address or phone number: ${[...same].map(([id, { name }]) => `${toText(name)} (ID ${id})`).join(', ')}`,
			description:
				'Nothing was changed. To add another lead for this person, use Lead > Create. To move one of these leads, use Lead > Move to Stage with its ID.',
		});
	}
	const [[id, lead]] = same;
	if (
		existing !== 'move' ||
		(toText(lead.pipeline_id) === String(pipeline_id) && toText(lead.stage_id) === String(stage_id))
	)
		return { lead, found: true };
	const { pipeline: _pipeline, stage: _stage, ...rest } = lead;
	await send({
		method: 'PUT',
		effect: 'writes',
		path: `/leads/${id}/stage`,
		query: {},
		body: { pipeline_id, stage_id },
	});
	return { lead: { ...rest, pipeline_id, stage_id }, found: true };
}

/** Returns the leads with exactly this email address or phone number, by ID. Syncro Chat's search also matches parts of names. */
async function sameLeads(send: SendRequest, email?: string, phone?: string): Promise<Map<string, IDataObject>> {
	const terms = [email, phone && lastDigits(phone)].filter((term) => term !== undefined);
	const found = new Map<string, IDataObject>();
	for (const q of terms) {
		const request = { method: 'GET', effect: 'reads', path: '/leads', query: { q } } as const;
		const isSame = (lead: IDataObject) => sameEmail(lead.email, email) || samePhone(lead.phone, phone);
		for (const lead of await recordsWhere(send, request, pages, isSame)) found.set(idInPath(lead.id, 'a lead'), lead);
	}
	return found;
}

const lastDigits = (phone: string) => phone.slice(-LAST_DIGITS[isBrazilian(phone) ? 'brazilian' : 'other']);
