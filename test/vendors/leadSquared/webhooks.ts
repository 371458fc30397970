import { randomUUID } from 'node:crypto';
import { activityTypeOf } from './activityRules';
import { known, now, pageOf, Refusal, succeeded, type Area, type Row } from './answers';
import type { State } from './state';

/** Create takes the number of an event, Retrieve its name. https://apidocs.leadsquared.com/webhooks/ */
export const eventNames: Record<string, string> = {
	1: 'Landing_Page_submission',
	2: 'LeadActivity_Post_Create',
	3: 'Lead_Post_Create',
	4: 'Lead_Owner_Change',
	5: 'Lead_Post_Stage_Change',
	6: 'Lead_Post_Update',
	7: 'Task_Create',
	8: 'Task_Reminder',
	9: 'Lead_Score_Change',
	15: 'LeadActivity_Post_Update',
	16: 'Task_Complete',
	17: 'Task_Update',
	26: 'Lead_Field_Change',
	31: 'Opportunity_Post_Create',
	32: 'Opportunity_Post_Update',
	33: 'OpportunityField_Post_Update',
	34: 'OpportunityStage_Post_Update',
	35: 'Opportunity_Post_Delete',
};

/** @throws {Refusal} for what integrators saw refused: activities without their type, and changes of stage */
function check(state: State, { WebhookEvent, ActivityEvent }: Row): void {
	if (WebhookEvent === '5')
		throw new Refusal('MXInvalidDataTypeException', 'WebhookProperties is invalid for a lead stage change');
	if (WebhookEvent !== '2') return;
	if (ActivityEvent === undefined)
		throw new Refusal('MXInvalidDataTypeException', "'ActivityEvent' is mandatory for an activity webhook");
	activityTypeOf(state, ActivityEvent);
}

function rowOf({ WebhookEvent, ...webhook }: Row): Row {
	const EventCode = eventNames[String(WebhookEvent)];
	return { EventName: EventCode.replaceAll('_', ' '), EventCode, StatusCode: 0, WebhookProperties: null, ...webhook };
}

export function webhookHandlers(state: State): Area {
	const webhook = (id: unknown) => known('Webhook', id, state.webhooks.get(String(id)));
	return {
		reads: {
			getWebhooks: ({ body }) => {
				const { Type = 'Webhook', WebhookEvent, StatusCode, WebhookId, SearchText } = body.Parameter as Row;
				const found = [...state.webhooks.values()]
					.map(rowOf)
					.filter(
						(row) =>
							Type === 'Webhook' &&
							(!WebhookEvent || row.EventCode === WebhookEvent) &&
							(StatusCode === undefined || String(row.StatusCode) === String(StatusCode)) &&
							(!WebhookId || row.WebhookId === WebhookId) &&
							`${String(row.Description)} ${String(row.URL)}`
								.toLowerCase()
								.includes(String(SearchText ?? '').toLowerCase()),
					);
				return pageOf(found, body, { member: 'Response' });
			},
		},
		writes: {
			createWebhook: ({ body }) => {
				check(state, body);
				const WebhookId = randomUUID();
				state.webhooks.set(WebhookId, { Description: null, ...body, WebhookId, ModifiedOn: now() });
				return succeeded({ Id: WebhookId });
			},
			updateWebhook: ({ body }) => {
				const stored = webhook(body.WebhookId);
				check(state, { ...stored, ...body });
				Object.assign(stored, body, { ModifiedOn: now() });
				return succeeded();
			},
			deleteWebhook: ({ query }) => {
				state.webhooks.delete(String(webhook(query.webhookId).WebhookId));
				return succeeded();
			},
		},
	};
}
