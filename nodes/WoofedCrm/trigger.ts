import { valueAt, toText } from '../shared/base/json';
import { commaSeparated, toggle } from '../shared/fields';
import { listOf } from '../shared/trigger/settings';
import { filter, type Trigger } from '../shared/trigger/trigger';
import { changeOf, events } from './events';
import { woofedCrm } from './vendor';

/** The user adds the webhook by hand. Every webhook gets every event, unsigned. https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/ */
export const trigger: Trigger = {
	vendor: woofedCrm,
	events,
	eventOf: ({ body }) => (typeof body.event === 'string' ? body.event : undefined),
	recordOf: ({ data }) => data,
	filters: {
		changedAttributes: filter(
			commaSeparated('Changed Attributes')
				.example('stage_id, label_list')
				.describe('Comma-separated attributes. At least one must have changed; see changed_attributes of the record.'),
			({ body }, names) => listOf(names).some((name) => changeOf(body, name) !== undefined),
		),
		ignoreOwn: filter(
			toggle('Ignore Own Changes')
				.default(true)
				.describe(
					'Whether to leave out timeline entries from your side (from_me), such as entries from your workflows',
				),
			({ body }, ignores) => !(ignores && valueAt(body, 'data.from_me') === true),
		),
		stages: filter(
			commaSeparated('Stage IDs')
				.example('3, 5')
				.describe(
					'Comma-separated IDs of stages. The deal must be in one of them. A stage has its ID in the address of the panel.',
				),
			({ body }, ids) =>
				listOf(ids).includes(toText(valueAt(body, 'data.stage_id') ?? valueAt(body, 'data.deal.stage_id'))),
		),
	},
	signature: { kind: 'query', member: 'secret', page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/' },
	steps: [
		'Publish the workflow first. WoofedCRM checks the URL when you save the webhook, and once a day. A webhook that fails the daily check stays inactive.',
		'In WoofedCRM, open Settings > Webhooks and add a webhook with this URL. Delete it there when you no longer need it.',
		'Keep the URL secret, because WoofedCRM signs nothing. ' +
			'For a second secret, enter a Webhook Secret in the credential and add it to the URL, as in …/webhook?secret=YOUR-SECRET.',
	],
};
