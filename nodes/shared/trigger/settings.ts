import { EMPTY } from '../../../credentials/reading';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { toText } from '../base/json';
import { tidy } from '../base/text';
import { checkFor, membersOf, refusal, refuseBlanks, type Input } from '../fields/check';
import { text, toggle, type Field, type Fields } from '../fields';
import { ANY, type Chosen } from './events';
import type { Trigger } from './trigger';

/** Returns the options of a webhook trigger. */
export function triggerOptions({ changeOf, signature }: Trigger): Record<string, Field> {
	return {
		ignoreDuplicates: toggle('Ignore Duplicates')
			.default(true)
			.describe('Whether to ignore a delivery that arrives again within 24 hours. The last 500 are remembered.'),
		includeDelivery: toggle('Include Delivery').describe(
			'Whether to output the whole body as the vendor sent it, besides event and record',
		),
		...(changeOf
			? {
					oneRunPerChange: toggle('One Run per Change').describe(
						'Whether to start one run, not several, if one change sends several events. A record without an update time always starts a run.',
					),
				}
			: {}),
		...(signature.kind === 'hmac' && signature.header === undefined
			? {
					verifySignature: toggle('Verify Signature')
						.default(true)
						.describe("Whether to refuse deliveries that aren't signed with the secret of the subscription"),
					signatureHeader: text('Signature Header')
						.example('x-signature')
						.describe(
							'Name of the header with the signature. Without a name, all headers are checked, which is as safe.',
						),
				}
			: {}),
	};
}

/** The checked parameters of a trigger. */
export interface Settings extends Chosen {
	filters: Input;
	options: {
		ignoreDuplicates?: boolean;
		includeDelivery?: boolean;
		oneRunPerChange?: boolean;
		verifySignature?: boolean;
		signatureHeader?: string;
	};
}

/**
 * Reads and checks the parameters of a trigger.
 *
 * @throws FailureError with the field, its value and what it must be
 */
export function settingsOf(context: IHookFunctions | IWebhookFunctions, trigger: Trigger): Settings {
	const events = eventsOf(context.getNodeParameter('events', []), trigger);
	const otherEvents = trigger.otherEvents === undefined ? [] : listOf(context.getNodeParameter('otherEvents', ''));
	if (events.length + otherEvents.length === 0) {
		throw new FailureError({
			message: `'Trigger On' ${EMPTY}`,
			description: 'Choose at least one event.',
			input: true,
		});
	}
	const filterFields = Object.fromEntries(
		Object.entries(trigger.filters ?? {}).map(([key, { field }]) => [key, field]),
	);
	return {
		events,
		otherEvents,
		filters: collectionOf(context, 'Filters', 'filters', filterFields, trigger),
		options: collectionOf(context, 'Options', 'options', triggerOptions(trigger), trigger),
	};
}

function eventsOf(given: unknown, trigger: Trigger): string[] {
	const known = [...Object.keys(trigger.events), ...(trigger.subscription ? [] : [ANY])];
	const list = Array.isArray(given) ? given.map(toText) : [];
	const unknown = list.find((value) => !known.includes(value));
	if (!Array.isArray(given) || unknown !== undefined)
		throw refusal({ label: 'Trigger On', expects: 'an event from the list' }, unknown ?? given, undefined);
	return list;
}

/** Returns the entries of a list, or of a comma-separated text. Empty entries are left out. */
export function listOf(given: unknown): string[] {
	return (Array.isArray(given) ? given : toText(given ?? '').split(','))
		.map((entry) => tidy(toText(entry)))
		.filter((entry) => entry !== '');
}

function collectionOf(
	context: IHookFunctions | IWebhookFunctions,
	label: string,
	name: string,
	fields: Fields,
	{ vendor }: Trigger,
): Input {
	const given = membersOf(label, context.getNodeParameter(name, {}));
	const keyed = Object.entries(fields).flatMap(([key, field]) =>
		key in given ? [{ key, field: field as Field }] : [],
	);
	const check = checkFor(keyed, { zone: context.getTimezone(), formats: vendor.formats });
	const input = check(keyed.map((field) => [field, given[field.key]]));
	refuseBlanks(keyed, given, input, undefined, 'an added field must take effect');
	return input;
}
