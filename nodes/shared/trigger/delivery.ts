import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { decodeText } from '../base/charset';
import { parseKeepingIds } from '../base/exactJson';
import { isObject } from '../base/json';
import { logIgnored, logRefused, type Refusal } from './deliveryLog';
import { wantedAs } from './events';
import { SETUP } from './hooks';
import { deliveryKey, isFirst, REMEMBERED_HOURS } from './deduplication';
import { isProven } from './secrets';
import { settingsOf, type Settings } from './settings';
import { hasSignature, isSameSecret, isSigned } from './signature';
import type { Delivery, Trigger } from './trigger';
import { readingsOf } from './webhookSecret';

/** Largest body that is taken, in bytes: events are a few kilobytes. A group of them is as large as n8n allows, once its secret is checked. */
const LARGEST_BODY = 1024 * 1024;

/** Answers to what is no delivery; they tell the sender nothing. */
const REFUSALS: Record<Refusal, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	413: 'Payload Too Large',
	503: 'Service Unavailable',
};

/**
 * Takes a delivery: the first that is done with it is the check that it comes from the vendor. n8n answers at once with
 * success, whether it starts a run or not.
 */
export async function takeDelivery(context: IWebhookFunctions, trigger: Trigger): Promise<IWebhookResponseData> {
	// Before its first delivery a vendor may ask whether anybody is there.
	if (context.getWebhookName() === SETUP) return {};
	const raw = rawBodyOf(context);
	if (!raw) return refuse(context, 400);
	if (raw.length > LARGEST_BODY && !trigger.grouped) return refuse(context, 413);
	const settings = settingsOf(context, trigger);
	if (!(await isGenuine(context, trigger, settings, raw))) return refuse(context, 401);
	const headers = context.getHeaderData() as IDataObject;
	const bodies = bodiesIn(raw, headers, trigger);
	if (!bodies) return refuse(context, 400);

	// An empty object tells nothing: it is one more way to ask whether the address takes deliveries.
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

/** The response of success: the vendor's own, or that of n8n. */
const acknowledged = ({ acknowledgment }: Trigger): IWebhookResponseData =>
	acknowledgment ? { webhookResponse: { ...acknowledgment } } : {};

/** The body to the last byte; nothing for a form with files, of which n8n keeps none. */
function rawBodyOf(context: IWebhookFunctions): Buffer | undefined {
	const { rawBody, headers } = context.getRequestObject();
	if (Buffer.isBuffer(rawBody)) return rawBody;
	return /^multipart\//i.test(headers['content-type'] ?? '') ? undefined : Buffer.alloc(0);
}

/** What starts a run: the item of a wanted delivery, or none. */
function itemsOf(trigger: Trigger, settings: Settings, delivery: Delivery): INodeExecutionData[] {
	const event = wantedAs(trigger, settings, delivery);
	if (event === undefined || !passes(trigger, settings, delivery)) return [];
	return [{ json: outputOf(trigger, settings, event, delivery.body) }];
}

/** What a trigger puts out for a delivery. */
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
		// An empty body starts no run, whoever sends it: without a signature it is the question whether the address takes deliveries.
		if (raw.length === 0 && !hasSignature(headers, header)) return true;
		return await isProven(context, trigger, (secret) => isSigned(raw, headers, secret, header));
	}
	const given =
		signature.kind === 'query'
			? readingsOf(context.getRequestObject().url, signature.member)
			: [headers[signature.header]];
	return await isProven(context, trigger, (secret) => given.some((one) => isSameSecret(one, secret)));
}

/** A test listens for one delivery, which people send again and again. */
function isRemembered(context: IWebhookFunctions, { options }: Settings): boolean {
	return context.getMode() !== 'manual' && (options.ignoreDuplicates ?? true);
}

/**
 * The key under which a delivery is remembered, and why another one with this key is ignored. A repeated delivery is the same to
 * the last byte, and no vendor numbers its deliveries; two events may have the same body.
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

/** The bodies of a delivery: none where it is empty, several where the vendor groups them; undefined where it is no JSON object. */
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

function refuse(context: IWebhookFunctions, status: Refusal): IWebhookResponseData {
	logRefused(context, status);
	context.getResponseObject().status(status).send(REFUSALS[status]).end();
	return { noWebhookResponse: true };
}
