import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { decodeText } from '../base/charset';
import { parseKeepingIds } from '../base/exactJson';
import { isObject } from '../base/json';
import { logIgnored, logRefused, type RefusedDelivery } from './deliveryLog';
import { wantedAs } from './events';
import { SETUP } from './hooks';
import { deliveryKey, isFirst, REMEMBERED_HOURS } from './deduplication';
import { isProven } from './secrets';
import { settingsOf, type Settings } from './settings';
import { hasSignature, isSameSecret, isSigned } from './signature';
import type { Delivery, Trigger } from './trigger';
import { readingsOf } from './webhookSecret';

/**
 * Maximum size of a body, in bytes. An event has a few kilobytes. A group of events may have any size that n8n allows, and is
 * read only after its secret was checked.
 */
const MAX_BODY_BYTES = 1024 * 1024;

/** Responses to refused requests. They give the sender no details. */
const REFUSALS: Record<RefusedDelivery, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	413: 'Payload Too Large',
	503: 'Service Unavailable',
};

/**
 * Handles a delivery. First it checks that the vendor sent it. n8n responds with success at once, whether the delivery starts a
 * run or not.
 */
export async function takeDelivery(context: IWebhookFunctions, trigger: Trigger): Promise<IWebhookResponseData> {
	// Before its first delivery, a vendor may check whether the address responds.
	if (context.getWebhookName() === SETUP) return {};
	const raw = rawBodyOf(context);
	if (!raw) return refuse(context, 400);
	if (raw.length > MAX_BODY_BYTES && !trigger.grouped) return refuse(context, 413);
	const settings = settingsOf(context, trigger);
	if (!(await isGenuine(context, trigger, settings, raw))) return refuse(context, 401);
	const headers = context.getHeaderData() as IDataObject;
	const bodies = bodiesIn(raw, headers, trigger);
	if (!bodies) return refuse(context, 400);

	// An empty object is no event. Some vendors send it to check the address.
	const deliveries = bodies.filter((body) => Object.keys(body).length > 0).map((body): Delivery => ({ body, headers }));
	const items = deliveries.flatMap((delivery) => itemsOf(trigger, settings, delivery));
	if (items.length === 0) return acknowledged(trigger);
	if (isRemembered(context, settings)) {
		const { key, why } = identityOf(trigger, settings, deliveries[0], raw);
		const first = await isFirst(context, key);
		if (first === undefined) return refuse(context, 503);
		if (!first) {
			logIgnored(context, items[0].json.event as string | null, why);
			return acknowledged(trigger);
		}
	}
	return { ...acknowledged(trigger), workflowData: [items] };
}

/** Returns the success response: the one that the vendor recommends, or n8n's own. */
const acknowledged = ({ acknowledgment }: Trigger): IWebhookResponseData =>
	acknowledgment ? { webhookResponse: { ...acknowledgment } } : {};

/** Returns the exact body; undefined for a form with files, because n8n doesn't keep its raw body. */
function rawBodyOf(context: IWebhookFunctions): Buffer | undefined {
	const { rawBody, headers } = context.getRequestObject();
	if (Buffer.isBuffer(rawBody)) return rawBody;
	return /^multipart\//i.test(headers['content-type'] ?? '') ? undefined : Buffer.alloc(0);
}

/** Returns the item of a delivery that starts a run, or no item. */
function itemsOf(trigger: Trigger, settings: Settings, delivery: Delivery): INodeExecutionData[] {
	const event = wantedAs(trigger, settings, delivery);
	if (event === undefined || !passes(trigger, settings, delivery)) return [];
	return [{ json: outputOf(trigger, settings, event, delivery.body) }];
}

/** Returns the output of a trigger for a delivery. */
export function outputOf(
	{ recordOf }: Trigger,
	{ options }: Pick<Settings, 'options'>,
	event: string | null,
	body: IDataObject,
): IDataObject {
	const record = recordOf(body) as IDataObject;
	return { event, record, ...(options.includeDelivery ? { delivery: body } : {}) };
}

async function isGenuine(
	context: IWebhookFunctions,
	trigger: Trigger,
	{ options }: Settings,
	raw: Buffer,
): Promise<boolean> {
	const { signature } = trigger;
	if (options.verifySignature === false) return true;
	const headers = context.getHeaderData() as IDataObject;
	if (signature.kind === 'hmac') {
		const header = signature.header ?? options.signatureHeader;
		// An empty body starts no run. Without a signature, the vendor only checks the address.
		if (raw.length === 0 && !hasSignature(headers, header)) return true;
		return await isProven(context, trigger, (secret) => isSigned(raw, headers, secret, header));
	}
	const given =
		signature.kind === 'query'
			? readingsOf(context.getRequestObject().url, signature.member)
			: [headers[signature.header]];
	return await isProven(context, trigger, (secret) => given.some((one) => isSameSecret(one, secret)));
}

/** Returns whether duplicates are ignored. In a test, people send the same delivery again and again. */
function isRemembered(context: IWebhookFunctions, { options }: Settings): boolean {
	return context.getMode() !== 'manual' && (options.ignoreDuplicates ?? true);
}

/**
 * Returns the key of a delivery, and the reason why another delivery with this key is ignored. A duplicate is identical to the
 * last byte. No vendor numbers its deliveries. Two events may have the same body, so the key includes the event.
 */
function identityOf(
	{ changeOf, eventOf }: Trigger,
	{ options }: Settings,
	delivery: Delivery,
	raw: Buffer,
): { key: string; why: string } {
	const change = options.oneRunPerChange ? changeOf?.(delivery.body) : undefined;
	if (change !== undefined)
		return { key: deliveryKey('change', change), why: 'Another event of the same change already started a run.' };
	return {
		key: deliveryKey(eventOf(delivery) ?? '', raw),
		why: `An identical delivery arrived within the last ${REMEMBERED_HOURS} hours.`,
	};
}

function passes({ filters = {} }: Trigger, settings: Settings, delivery: Delivery): boolean {
	return Object.entries(settings.filters).every(([key, value]) => filters[key].keeps(delivery, value as never));
}

/** Returns the bodies of a delivery: none if it is empty, several if the vendor groups them; undefined if it is no JSON object. */
function bodiesIn(
	raw: Buffer,
	{ 'content-type': contentType }: IDataObject,
	{ grouped }: Trigger,
): IDataObject[] | undefined {
	try {
		const text = decodeText(raw, contentType).trim();
		const parsed = text === '' ? null : parseKeepingIds(text);
		const bodies = parsed === null ? [] : grouped && Array.isArray(parsed) ? parsed : [parsed];
		return bodies.every(isObject) ? bodies : undefined;
	} catch {
		return undefined;
	}
}

function refuse(context: IWebhookFunctions, status: RefusedDelivery): IWebhookResponseData {
	logRefused(context, status);
	context.getResponseObject().status(status).send(REFUSALS[status]).end();
	return { noWebhookResponse: true };
}
