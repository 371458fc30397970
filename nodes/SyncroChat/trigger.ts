import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import { commaSeparated } from '../shared/fields';
import { listOf } from '../shared/trigger/settings';
import { filter, type Trigger } from '../shared/trigger/trigger';
import { events } from './events';
import { subscription } from './subscription';
import { syncroChat } from './vendor';

/** What the vendor's names look like; a record that lies bare in the body has a `type` too. */
const NAME = /^[a-z_]+\.[a-z_.]+$/;

const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);

/** The body is not documented: every usual place is looked at. https://docs.syncro.chat/en/webhooks */
const recordOf = ({ lead, task, data, payload, ...body }: IDataObject): unknown =>
	lead ?? task ?? data ?? payload ?? body;

export const trigger: Trigger = {
	vendor: syncroChat,
	events,
	otherEvents: 'lead.lost, task.created',
	eventOf: ({ body, headers }) => [body.event, body.type, headers['x-syncro-event']].find(isName),
	recordOf,
	filters: {
		ignoreSource: filter(
			commaSeparated('Ignore Sources')
				.example('n8n, api')
				.describe(
					'Sources of leads that start no run, with commas between them: those that your own workflows give to the leads that they create',
				),
			({ body }, sources) => !listOf(sources).includes(toText(valueAt(recordOf(body), 'source'))),
		),
	},
	// Neither the name of the header nor the algorithm is documented.
	signature: { kind: 'hmac', page: 'https://docs.syncro.chat/en/webhooks' },
	subscription,
};
