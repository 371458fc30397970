import type { Reply, VendorSandbox } from '../types';
import { authorized, eventDefaults, pageOf, seeds, tooMany, unauthorized } from './woofedCrmData';

/** Kinds that the server of 2024 knows; the last seven are its own, and it takes them all the same. */
const observedKinds = ['note', 'activity', 'chatwoot_message', 'evolution_api_message', 'deal_stage_change', 'deal_opened', 'deal_won', 'deal_lost', 'deal_reopened', 'deal_product_added', 'deal_product_removed'];

/** Deal events and the credential test as a server of October 2024 answered them; everything else was not there or is not copied. */
export function observedWoofedCrmSandbox(): VendorSandbox {
	let lastEvent = 2;
	const deals = seeds.deals();
	const framework = (status: number, error: string): Reply => ({ status, body: { status, error } });
	const createEvent = (dealId: string, body: unknown): Reply => {
		const deal = deals.find(({ id }) => id === Number.parseInt(dealId, 10));
		if (!deal) return framework(404, 'Not Found');
		if (typeof body === 'string') return framework(400, 'Bad Request');
		const given = (body ?? {}) as Record<string, unknown>;
		if (given.kind === undefined || given.kind === null) return { status: 422, body: { errors: ["Type can't be blank"] } };
		if (!observedKinds.includes(String(given.kind)) || given.title === null) return framework(500, 'Internal Server Error');
		return { status: 201, body: { id: (lastEvent += 1), deal_id: deal.id, contact_id: deal.contact_id, ...eventDefaults, ...observedEvent(given), created_at: nowInBrasilia(), updated_at: nowInBrasilia() } };
	};
	return {
		vendor: 'woofedCrm',
		apiRoot: '/api/v1',
		authorized,
		unauthorized,
		notFound: framework(404, 'Not Found'),
		invalid: () => framework(500, 'Internal Server Error'),
		tooMany,
		handlers: {},
		lenient: ({ method, path, body }) => {
			const [, deal] = /^\/api\/v1\/accounts\/[^/]+\/deals\/(\d+[^/]*)\/events$/.exec(path) ?? [];
			if (method === 'POST' && deal) return createEvent(deal, body);
			if (method === 'GET' && path.endsWith('/contacts/search')) return { status: 200, body: pageOf([], 1) };
			return framework(404, 'Not Found');
		},
	};
}

/** What the server of 2024 keeps of an event: no content, nothing marked as sent, dates in its own zone. */
function observedEvent(given: Record<string, unknown>): Record<string, unknown> {
	const kept = Object.fromEntries(['kind', 'title', 'app_type', 'app_id', 'auto_done', 'custom_attributes', 'additional_attributes'].filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
	const isMessage = String(given.kind).endsWith('_message');
	if (given.send_now === true && isMessage) return { ...kept, auto_done: false, scheduled_at: nowInBrasilia() };
	const done = given.done === true || given.done_at !== undefined || given.send_now === true;
	return { ...kept, scheduled_at: inBrasilia(given.scheduled_at), done, done_at: done ? (inBrasilia(given.done_at) ?? nowInBrasilia()) : null };
}

/** A date-time in the zone of the installation; what cannot be read becomes null. */
function inBrasilia(value: unknown): string | null {
	const naive = typeof value === 'string' && !/(Z|[+-]\d{2}:?\d{2})$/.test(value);
	const moment = typeof value === 'string' ? new Date(naive ? `${value}-03:00` : value) : new Date(Number.NaN);
	return Number.isNaN(moment.getTime()) ? null : new Date(moment.getTime() - 3 * 3_600_000).toISOString().replace('Z', '-03:00');
}

const nowInBrasilia = () => inBrasilia(new Date().toISOString()) as string;
