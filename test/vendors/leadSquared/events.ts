import { isDeepStrictEqual } from 'node:util';
import { deliver, isReached, Outbox, verification } from '../../sandbox/outbox';
import type { SandboxRequest, VendorSandbox } from '../../sandbox/types';
import { isOpportunity } from './activityRules';
import type { Row } from './answers';
import type { Activity, Lead, State } from './state';
import { taskRow } from './tasks';
import { eventNames } from './webhooks';

/** What a record was, or is: nothing before it was made, and after it was deleted. */
interface Change<Kind> {
	before?: Kind;
	after?: Kind;
}

/** Changes of a lead that have an event of their own. */
const ofFields: Record<string, string> = { OwnerId: 'Lead_Owner_Change', Score: 'Lead_Score_Change' };

/** These tell of a changed lead when they are asked to. https://apidocs.leadsquared.com/update-a-lead/ */
const quiet = new Set(['updateLead', 'createOrUpdateLead']);

/** States of a webhook: on, and switched off after failures. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
const ENABLED = '0';
const DISABLED_AFTER_FAILURES = 2;

/** Responses other than 200 in a row after which a webhook is switched off, as integrators saw it. */
const MOST_FAILURES = 10;

const headersOf = ({ CustomHeaders }: Row) =>
	Object.fromEntries(
		((CustomHeaders ?? []) as Array<{ Key: string; Value: string }>).map(({ Key, Value }) => [Key, Value]),
	);

const copyOf = <Kind>(records: ReadonlyMap<string, Kind>) =>
	new Map([...records].map(([id, record]) => [id, structuredClone(record)]));

function changesIn<Kind>(before: ReadonlyMap<string, Kind>, after: ReadonlyMap<string, Kind>): Array<Change<Kind>> {
	const ids = [...new Set([...before.keys(), ...after.keys()])];
	return ids
		.map((id) => ({ before: before.get(id), after: after.get(id) }))
		.filter((change) => !isDeepStrictEqual(change.before, change.after));
}

/** A flat lead: what has a value, all of it text. */
const flat = (lead: Lead | undefined): Row =>
	Object.fromEntries(Object.entries(lead ?? {}).filter(([, value]) => value !== null));

/**
 * The webhooks of LeadSquared: unsigned, with the headers that were subscribed with. The bodies of tasks and opportunities are assumed,
 * because no page shows them. Nothing is sent a second time. When a webhook is made, its address is checked with HEAD and with an
 * empty body that carries the headers.
 */
export function leadSquaredEvents(state: State) {
	const outbox = new Outbox();
	const recordsNow = () => ({
		leads: copyOf(state.leads),
		activities: copyOf(state.activities),
		tasks: copyOf(state.tasks),
	});
	/** As they were told of last; while nobody listens, nothing is remembered. */
	let known: ReturnType<typeof recordsNow> | undefined;

	const failures = new Map<unknown, number>();
	/** Counts the failures in a row of a webhook. */
	const counting = (webhook: Row) => (status: number) => {
		const inRow = status === 200 ? 0 : (failures.get(webhook.WebhookId) ?? 0) + 1;
		failures.set(webhook.WebhookId, inRow);
		if (inRow >= MOST_FAILURES) webhook.StatusCode = DISABLED_AFTER_FAILURES;
	};
	const enabled = () =>
		[...state.webhooks.values()].filter(({ StatusCode = ENABLED }) => String(StatusCode) === ENABLED);
	const verifyNew = (id: string) => {
		const webhook = state.webhooks.get(id)!;
		outbox.greet(String(webhook.URL));
		outbox.verify(String(webhook.URL), headersOf(webhook), counting(webhook));
	};

	const tell = (event: string, body: object, isMeant = (_webhook: Row) => true) => {
		for (const webhook of state.webhooks.values()) {
			const { WebhookId, WebhookEvent, URL: address, StatusCode = ENABLED } = webhook;
			if (eventNames[String(WebhookEvent)] !== event || String(StatusCode) !== ENABLED || !isMeant(webhook)) continue;
			const url = new URL(String(address));
			for (const [name, value] of Object.entries({
				entityType: 'webhook',
				entityId: String(WebhookId),
				eventType: event,
			}))
				url.searchParams.set(name, value);
			outbox.add(String(url), body, () => headersOf(webhook), counting(webhook));
		}
	};

	const tellOfLead = ({ before, after }: Change<Lead>) => {
		if (!after) return;
		if (!before) return tell('Lead_Post_Create', flat(after));
		const change = { Before: flat(before), After: flat(after) };
		tell('Lead_Post_Update', change);
		for (const [field, event] of Object.entries(ofFields)) if (before[field] !== after[field]) tell(event, change);
	};

	const tellOfOpportunity = ({ before, after }: Change<Activity>) => {
		const { Id, RelatedProspectId, ActivityEvent, Note, values } = (after ?? before)!;
		const event = !before ? 'Opportunity_Post_Create' : after ? 'Opportunity_Post_Update' : 'Opportunity_Post_Delete';
		tell(event, {
			ProspectOpportunityId: Id,
			RelatedProspectId,
			OpportunityEventCode: ActivityEvent,
			OpportunityNote: Note,
			...values,
		});
	};

	/** Those of one moment come together. */
	const tellOfActivities = (event: string, activities: readonly Activity[], isMeant?: (webhook: Row) => boolean) => {
		const bodies = activities.map(({ Id, RelatedProspectId, ActivityEvent, Note, values }) => ({
			ProspectActivityId: Id,
			RelatedProspectId,
			ActivityEvent: String(ActivityEvent),
			Current: flat(state.leads.get(RelatedProspectId)),
			Data: { ActivityEvent_Note: Note, ...values },
		}));
		if (bodies.length > 0) tell(event, bodies.length === 1 ? bodies[0] : bodies, isMeant);
	};

	const tellOfTask = ({ before, after }: Change<Row>) => {
		if (!after) return;
		const isDone = after.StatusCode === 1 && before?.StatusCode !== 1;
		tell(!before ? 'Task_Create' : isDone ? 'Task_Complete' : 'Task_Update', taskRow(state, after));
	};

	const tellOfAll = (before: NonNullable<typeof known>, id: string, { query }: SandboxRequest) => {
		const now = recordsNow();
		if (!quiet.has(id) || String(query.postUpdatedLead) === 'true')
			changesIn(before.leads, now.leads).forEach(tellOfLead);
		changesIn(before.tasks, now.tasks).forEach(tellOfTask);
		const activities = changesIn(before.activities, now.activities);
		activities.filter(({ before, after }) => isOpportunity((after ?? before)!)).forEach(tellOfOpportunity);
		const plain = activities.filter(
			(one): one is Change<Activity> & { after: Activity } => one.after !== undefined && !isOpportunity(one.after),
		);
		const made = plain.filter(({ before }) => !before).map(({ after }) => after);
		for (const type of new Set(made.map(({ ActivityEvent }) => ActivityEvent))) {
			const ofType = made.filter(({ ActivityEvent }) => ActivityEvent === type);
			tellOfActivities('LeadActivity_Post_Create', ofType, ({ ActivityEvent }) => Number(ActivityEvent) === type);
		}
		tellOfActivities(
			'LeadActivity_Post_Update',
			plain.filter(({ before }) => before).map(({ after }) => after),
		);
	};

	return {
		take: outbox.take,
		/** Checks each webhook that is on with an empty body. */
		verifyWebhooks: async () => {
			for (const webhook of enabled())
				counting(webhook)(await deliver(verification(String(webhook.URL), headersOf(webhook))));
		},
		telling: (handlers: VendorSandbox['handlers'], writes: ReadonlySet<string>) =>
			outbox.telling(handlers, (id, request, body) => {
				if (!writes.has(id)) return;
				if (id === 'createWebhook') verifyNew((body as { Message: { Id: string } }).Message.Id);
				if (known) tellOfAll(known, id, request);
				known = [...state.webhooks.values()].some(({ URL: url }) => isReached(url)) ? recordsNow() : undefined;
			}),
	};
}
