import type { IWebhookFunctions } from 'n8n-workflow';
import { truncateText } from '../base/truncate';

/** Longest name that a line of the log shows; names come from users and vendors. */
const LONGEST_NAME = 100;

/** Why a delivery was refused, by the status of the response. */
const REASONS = {
	400: 'Its body is not a JSON object.',
	401: 'Its secret or signature is missing or wrong.',
	413: 'Its body is too large.',
	503: 'An identical delivery is still being processed.',
} as const;

/** Status of a refused delivery. */
export type RefusedDelivery = keyof typeof REASONS;

/** Quotes a name, so that a line break in it cannot look like another line of the log. */
const quoted = (name: string): string => JSON.stringify(truncateText(name, LONGEST_NAME));

function where(context: IWebhookFunctions) {
	const { id = '', name = '' } = context.getWorkflow();
	const node = context.getNode().name;
	return {
		text: `node ${quoted(node)}, workflow ${quoted(name)} (${id})`,
		details: { workflowId: id, nodeName: node },
	};
}

/** Writes into n8n's log that a delivery was refused. The log never contains the body, headers or secrets. */
export function logRefused(context: IWebhookFunctions, status: RefusedDelivery): void {
	const { text, details } = where(context);
	context.logger.warn(`Refused a delivery with status ${status}: ${text}. ${REASONS[status]}`, details);
}

/**
 * Writes into n8n's log that a delivery started no run because it was a duplicate.
 *
 * @param why one sentence
 */
export function logIgnored(context: IWebhookFunctions, event: string | null, why: string): void {
	const { text, details } = where(context);
	const name = truncateText(event ?? 'unknown', LONGEST_NAME);
	context.logger.info(`Ignored a delivery: ${text}, event ${quoted(name)}. ${why}`, { ...details, event: name });
}
