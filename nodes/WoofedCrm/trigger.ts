import { valueAt, toText } from '../shared/base/json';
import { commaSeparated, toggle } from '../shared/fields';
import { listOf } from '../shared/trigger/settings';
import { filter, type Trigger } from '../shared/trigger/trigger';
import { changeOf, events } from './events';
import { woofedCrm } from './vendor';

/** Every webhook gets every event, by hand and unsigned. https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/ */
export const trigger: Trigger = {
	vendor: woofedCrm,
	events,
	eventOf: ({ body }) => (typeof body.event === 'string' ? body.event : undefined),
	recordOf: ({ data }) => data,
	filters: {
		changedAttributes: filter(
			commaSeparated('Changed Attributes')
				.example('stage_id, label_list')
				.describe(
					'Attributes of which at least one changed, with commas between them. What changed stands in changed_attributes of the record.',
				),
			({ body }, names) => listOf(names).some((name) => changeOf(body, name) !== undefined),
		),
		ignoreOwn: filter(
			toggle('Ignore Own Changes')
				.default(true)
				.describe(
					'Whether to leave out timeline entries that come from your side (from_me), such as those that your workflows write',
				),
			({ body }, ignores) => !(ignores && valueAt(body, 'data.from_me') === true),
		),
		stages: filter(
			commaSeparated('Stage IDs')
				.example('3, 5')
				.describe(
					'Stages in which the deal stands afterwards, with commas between them. A stage has its ID in the address of the panel.',
				),
			({ body }, ids) =>
				listOf(ids).includes(toText(valueAt(body, 'data.stage_id') ?? valueAt(body, 'data.deal.stage_id'))),
		),
	},
	signature: { kind: 'query', member: 'secret', page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/' },
	steps: [
		'Publish the workflow first: WoofedCRM checks the URL when you save the webhook, and every day. A webhook that fails the daily check becomes inactive for good.',
		'In WoofedCRM open Settings > Webhooks, and add a webhook with this URL. Delete it there when you no longer want it.',
		'Keep the URL secret, because WoofedCRM signs nothing. ' +
			'For a second secret, write a Webhook Secret into the credential and add it to the URL, as in …/webhook?secret=YOUR-SECRET.',
	],
};
