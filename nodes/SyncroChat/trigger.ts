import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import { commaSeparated } from '../shared/fields';
import { listOf } from '../shared/trigger/settings';
import { filter, type Trigger } from '../shared/trigger/trigger';
import { events } from './events';
import { subscription } from './subscription';
import { syncroChat } from './vendor';

/** Pattern of the vendor's event names. A record that is the whole body has a `type` too, which doesn't match. */
const NAME = /^[a-z_]+\.[a-z_.]+$/;

const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);

/** The body is not documented, so all usual properties are tried. https://docs.syncro.chat/en/webhooks */
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
				.describe('Comma-separated sources of leads that start no run, such as the source that your own workflows set'),
			({ body }, sources) => !listOf(sources).includes(toText(valueAt(recordOf(body), 'source'))),
		),
	},
	// Neither the name of the header nor the algorithm is documented.
	signature: { kind: 'hmac', page: 'https://docs.syncro.chat/en/webhooks' },
	subscription,
};
