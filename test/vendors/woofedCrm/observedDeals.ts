import type { Reply } from '../../sandbox/types';
import type { Row } from './data';
import type { ObservedRoutes } from './observedRequest';
import { systemEvent } from './observedEvents';
import { findOrFail, FrameworkError, insert, update, type ObservedState } from './observedState';
import { attributes, id, taken, text } from './observedValues';

const STATUSES = ['open', 'won', 'lost'];
const casts = { name: text, status, stage_id: id, pipeline_id: id, contact_id: id, custom_attributes: attributes };
const newCastsOf = ({ moment }: ObservedState) => ({
	...casts,
	lost_reason: text,
	position: id,
	won_at: moment,
	lost_at: moment,
});
const NEW_DEFAULTS = {
	won_at: null,
	lost_at: null,
	lost_reason: '',
	created_by_id: 1,
	total_deal_products_amount_in_cents: 0,
};

/** Deals as the server keeps them: their columns, eleven in 2024, their place in a stage, and what they leave on the timeline. */
export function dealRoutes(state: ObservedState): ObservedRoutes {
	const { contacts, deals, stages, pipelines, isNew } = state;
	const castsHere = isNew ? newCastsOf(state) : casts;
	const write = (deal: Row | undefined, body: Record<string, unknown>, okStatus: number): Reply => {
		// Nested contacts have no place in this version, and it stumbles over them.
		if (body.contacts_attributes !== undefined) throw new FrameworkError(500);
		const defaults = { name: '', status: 'open', custom_attributes: {}, ...(isNew ? NEW_DEFAULTS : {}) };
		const given = taken(body, castsHere);
		const members = settled(state, { ...defaults, ...deal, ...given, ...(isNew ? outcomeOf(state, deal, given) : {}) });
		const missing = [
			contacts.find(members.contact_id) ? '' : 'Contact',
			members.stage_id === null ? 'Stage' : '',
			members.pipeline_id === null ? 'Pipeline' : '',
		].filter((name) => name !== '');
		if (missing.length > 0) return { status: 422, body: { errors: missing.map((name) => `${name} must exist`) } };
		return { status: okStatus, body: deal ? change(state, deal, members, given.position) : create(state, members) };
	};
	const put = ({ params, body }: { params: Record<string, string>; body: Record<string, unknown> }) =>
		write(findOrFail(deals, id(params.id)), body, 200);
	return {
		'POST deals': ({ body }) => write(undefined, body, 201),
		'POST deals/upsert': ({ body }) =>
			write(
				deals.first(({ contact_id }) => contact_id === id(body.contact_id)),
				body,
				200,
			),
		'PUT deals/:id': put,
		'PATCH deals/:id': put,
		'GET deals/:id': ({ params }) => {
			const deal = deals.find(id(params.id));
			if (!deal) return state.unknown;
			const lines = isNew
				? {
						deal_products: state.dealProducts.where('deal_id', deal.id),
						deal_assignees: state.dealAssignees.where('deal_id', deal.id),
					}
				: {};
			const around = {
				contact: contacts.find(deal.contact_id),
				stage: stages.find(deal.stage_id),
				pipeline: pipelines.find(deal.pipeline_id),
			};
			return { status: 200, body: { ...deal, ...around, ...lines } };
		},
	};
}

/**
 * Won at, lost at and the reason, as the version of 2026 stores them: with a change of the status the time of the request,
 * because a fresh account does not allow to edit it; what is given otherwise.
 */
function outcomeOf(
	{ now }: ObservedState,
	deal: Row | undefined,
	{ status }: Record<string, unknown>,
): Record<string, unknown> {
	if (status === undefined || status === (deal?.status ?? 'open')) return {};
	const isLost = status === 'lost';
	return {
		won_at: status === 'won' ? now() : null,
		lost_at: isLost ? now() : null,
		...(isLost ? {} : { lost_reason: '' }),
	};
}

function status(value: unknown): string {
	if (!STATUSES.includes(String(value))) throw new FrameworkError(500);
	return String(value);
}

/** A stage brings its pipeline and a pipeline its first stage, where the other one is not given or not known. */
function settled({ stages, pipelines }: ObservedState, members: Record<string, unknown>): Record<string, unknown> {
	const stage = stages.find(members.stage_id);
	const pipeline = pipelines.find(members.pipeline_id) ?? pipelines.find(stage?.pipeline_id);
	const [first] = stages.where('pipeline_id', pipeline?.id);
	return { ...members, stage_id: (stage ?? first)?.id ?? null, pipeline_id: pipeline?.id ?? null };
}

function create(state: ObservedState, members: Record<string, unknown>): Row {
	const deal = insert(
		state.deals,
		{ ...members, position: state.deals.where('stage_id', members.stage_id).length + 1 },
		['name'],
	);
	// The user of the token is assigned to the deals that it creates.
	if (state.isNew) state.dealAssignees.add({ deal_id: deal.id, user_id: 1 });
	systemEvent(state, 'deal_opened', deal, placeOf(state, deal));
	return deal;
}

/** A deal that comes to another stage goes to its end; the ones behind it in the old stage move up. */
function change(state: ObservedState, deal: Row, members: Record<string, unknown>, given: unknown): Row {
	const before = { ...deal };
	const moves = members.stage_id !== before.stage_id;
	const position =
		given !== undefined ? given : moves ? state.deals.where('stage_id', members.stage_id).length + 1 : deal.position;
	update(state.deals, deal, { ...members, position }, ['name']);
	const behind = state.deals
		.where('stage_id', before.stage_id)
		.filter((other) => Number(other.position) > Number(before.position));
	if (moves) behind.forEach((other) => state.deals.change(other, { position: Number(other.position) - 1 }));
	if (deal.status !== before.status)
		systemEvent(
			state,
			deal.status === 'open' ? 'deal_reopened' : `deal_${String(deal.status)}`,
			deal,
			placeOf(state, deal),
		);
	else if (moves)
		systemEvent(state, 'deal_stage_change', deal, {
			...stageAs('old', state, before),
			...stageAs('new', state, deal),
			deal_name: deal.name,
		});
	return deal;
}

function placeOf(state: ObservedState, deal: Row): Record<string, unknown> {
	const [stage, pipeline] = [state.stages.find(deal.stage_id), state.pipelines.find(deal.pipeline_id)];
	return {
		stage_id: stage?.id,
		stage_name: stage?.name,
		pipeline_id: pipeline?.id,
		pipeline_name: pipeline?.name,
		deal_name: deal.name,
	};
}

function stageAs(when: 'old' | 'new', { stages, pipelines }: ObservedState, deal: Row): Record<string, unknown> {
	const stage = stages.find(deal.stage_id);
	const members = {
		id: stage?.id,
		name: stage?.name,
		pipeline_id: stage?.pipeline_id,
		pipeline_name: pipelines.find(stage?.pipeline_id)?.name,
	};
	return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${when}_stage_${name}`, value]));
}
