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
 * Last digits of a number, which the search is given: phones are stored as they were typed. Brazilian ones are written
 * with four digits at the end, others often in pairs.
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
 * Creates a lead, or finds the one with this email address or phone number and moves it to the stage on request.
 *
 * The documentation of Syncro Chat names no way to change the other fields of a lead. https://docs.syncro.chat/en/leads
 *
 * @returns the lead in its envelope, with `found` true for one that was there already
 * @throws FailureError that names the leads when several fit, before anything was changed
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
				'Nothing was changed. Use Lead > Create for another lead of the same person, or Lead > Move to Stage with the ID of one of them.',
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

/** Leads by ID that have exactly this email address or phone number; the search of Syncro Chat looks for parts of names as well. */
async function sameLeads(send: SendRequest, email?: string, phone?: string): Promise<Map<string, IDataObject>> {
	const words = [email, phone && lastDigits(phone)].filter((word) => word !== undefined);
	const found = new Map<string, IDataObject>();
	for (const q of words) {
		const request = { method: 'GET', effect: 'reads', path: '/leads', query: { q } } as const;
		const fits = (lead: IDataObject) => sameEmail(lead.email, email) || samePhone(lead.phone, phone);
		for (const lead of await recordsWhere(send, request, pages, fits)) found.set(idInPath(lead.id, 'a lead'), lead);
	}
	return found;
}

const lastDigits = (phone: string) => phone.slice(-LAST_DIGITS[isBrazilian(phone) ? 'brazilian' : 'other']);
