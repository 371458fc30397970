import { placedFields } from '../../nodes/shared/form/operation';
import { operations } from '../support/vendors';

/** Fields by which items wait for one another, besides the IDs in the path. */
const orderedBy = operations.map(
	({ parts, resource, value, operation }) =>
		[
			`${parts.name} ${resource} ${value}`,
			operation.oneAtATime
				? ['every item']
				: [
						...new Set(
							placedFields(operation.fields)
								.filter(({ field }) => field.spec.ordered)
								.map(({ key }) => key),
						),
					],
		] as const,
);

test('items of one chat, contact, deal, path or related record wait for one another, and so do those that look for what another may just have made', () => {
	expect(Object.fromEntries(orderedBy.filter(([, keys]) => keys.length > 0))).toEqual({
		'leadSquared activity create': ['RelatedProspectId', 'EmailAddress'],
		'leadSquared activity createWithLead': ['every item'],
		'leadSquared activity deleteByType': ['ProspectId'],
		'leadSquared activity update': ['ProspectActivityId'],
		'leadSquared activityType update': ['ID'],
		'leadSquared lead capture': ['every item'],
		'leadSquared lead createOrUpdate': ['every item'],
		'leadSquared lead delete': ['leadId'],
		'leadSquared lead reset': ['ProspectId'],
		'leadSquared lead setField': ['every item'],
		'leadSquared lead update': ['leadId'],
		'leadSquared note create': ['RelatedProspectId'],
		'leadSquared api request': ['path'],
		'leadSquared opportunity create': ['every item'],
		'leadSquared opportunity delete': ['Id'],
		'leadSquared opportunity update': ['ProspectOpportunityId'],
		'leadSquared salesActivity cancel': ['activityId'],
		'leadSquared salesActivity create': ['ProspectId'],
		'leadSquared salesActivity update': ['Id'],
		'leadSquared webhook update': ['WebhookId'],
		'leadSquared task createAppointment': ['RelatedEntityId'],
		'leadSquared task createToDo': ['RelatedEntityId'],
		'syncroChat api request': ['path'],
		'leadSquared list addLead': ['listId', 'leadId'],
		'leadSquared list empty': ['ListId'],
		'leadSquared list removeLead': ['ListId', 'LeadID'],
		'leadSquared task complete': ['id'],
		'leadSquared task delete': ['TaskIds'],
		'leadSquared task move': ['UserTaskId'],
		'leadSquared task update': ['UserTaskId'],
		'syncroChat lead findOrCreate': ['every item'],
		'wegly api request': ['path'],
		'wegly chat start': ['wa_contact_id'],
		'woofedCrm api request': ['path'],
		'woofedCrm contact upsert': ['every item'],
		'woofedCrm deal upsert': ['contact_id'],
		'woofedCrm deal upsertOldest': ['contact_id'],
		'woofedCrm dealAssignee removeUser': ['deal_id'],
	});
});
