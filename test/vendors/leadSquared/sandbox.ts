import type { Handler, VendorSandbox } from '../../sandbox/types';
import { activityHandlers } from './activities';
import { attempt, problem, refused } from './answers';
import { calendarHandlers } from './calendar';
import { leadSquaredEvents } from './events';
import { leadHandlers } from './leads';
import { listHandlers } from './lists';
import { metadataHandlers } from './metadata';
import { noteHandlers } from './notes';
import { opportunityHandlers } from './opportunities';
import { salesHandlers } from './sales';
import { leadSquaredState } from './state';
import { taskHandlers } from './tasks';
import { webhookHandlers } from './webhooks';

const areas = [
	metadataHandlers,
	leadHandlers,
	noteHandlers,
	listHandlers,
	taskHandlers,
	calendarHandlers,
	activityHandlers,
	opportunityHandlers,
	salesHandlers,
	webhookHandlers,
];

const answering =
	(handler: Handler): Handler =>
	(request) => {
		const { value, refusal } = attempt(() => handler(request));
		return refusal ? refused(refusal) : value!;
	};

/** LeadSquared as its documentation describes it, with validation failures as status 500. The asynchronous host is not played. */
export function leadSquaredSandbox(): VendorSandbox {
	const state = leadSquaredState();
	const parts = areas.map((area) => area(state));
	const handlers = Object.assign({}, ...parts.flatMap(({ reads, writes }) => [reads, writes])) as Record<
		string,
		Handler
	>;
	const answers = Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, answering(handler)]));
	const writes = new Set(parts.flatMap((part) => Object.keys(part.writes)));
	const events = leadSquaredEvents(state);
	return {
		vendor: 'leadSquared',
		apiRoot: '/',
		authorized: (headers) =>
			headers['x-lsq-accesskey'] === 'u$rsandbox_access' && headers['x-lsq-secretkey'] === 'sandbox_secret',
		unauthorized: problem(401, 'MXUnAuthorizedAccessException', 'Access key or secret key is invalid'),
		notFound: problem(404, 'MXInvalidEntityException', 'API not found'),
		invalid: (problems) =>
			problem(
				500,
				'MXMandatoryAttributeMissingException',
				problems.map(({ field, message }) => `'${field}' ${message}`).join('; '),
			),
		tooMany: () => problem(429, 'MXAPIRateLimitExceededException', 'API calls exceeded the limit of 25 in 5 second(s)'),
		handlers: events.telling(answers, writes),
		deliveries: events.take,
		verifyWebhooks: events.verifyWebhooks,
		writes,
		isBulk: (path) => path.includes('/Bulk/'),
	};
}
