import type { Reply, SandboxRequest, VendorSandbox } from '../../sandbox/types';
import { authorized, tooMany, unauthorized } from './data';
import { contactRoutes } from './observedContacts';
import { dealRoutes } from './observedDeals';
import { eventRoutes } from './observedEvents';
import { newRoutes } from './observedNew';
import { productRoutes } from './observedProducts';
import { readRequest, type ObservedRoutes } from './observedRequest';
import { observedWebhooks } from './observedWebhooks';
import { FrameworkError, MISSING, MissingRecord, ObservedState, type ObservedVersion } from './observedState';

/**
 * WoofedCRM as a server of October 2024 or of 2026-01-31 answered (test/observed): a request that the version lacks is not
 * found, and fields that it doesn't know are dropped. The account in the path isn't looked at.
 */
export function observedWoofedCrmSandbox(version: ObservedVersion = '2024'): VendorSandbox {
	const state = new ObservedState(version);
	const webhooks = observedWebhooks(state);
	const routes = webhooks.telling({
		...contactRoutes(state),
		...dealRoutes(state),
		...eventRoutes(state),
		...productRoutes(state),
		...(state.isNew ? newRoutes(state) : {}),
	});
	return {
		vendor: 'woofedCrm',
		apiRoot: '/api/v1',
		authorized,
		unauthorized,
		notFound: framework(404, true),
		invalid: () => framework(500, true),
		tooMany,
		handlers: {},
		panel: webhooks.panel,
		deliveries: webhooks.take,
		lenient: (request) => {
			try {
				return answer(routes, request);
			} catch (error) {
				if (!(error instanceof FrameworkError)) throw error;
				if (error instanceof MissingRecord && state.isNew) return { status: 404, body: MISSING };
				return framework(error.status, wantsJson(request.headers));
			}
		},
	};
}

/** The version of 2026-01-31, for lists of servers. */
export const observedWoofedCrm2026Sandbox = (): VendorSandbox => observedWoofedCrmSandbox('2026');

function answer(routes: ObservedRoutes, request: Parameters<NonNullable<VendorSandbox['lenient']>>[0]): Reply {
	const { method, path } = request;
	const [, below] = /^\/api\/v1\/accounts\/[^/]+\/(.+?)\/?$/.exec(path) ?? [];
	for (const [route, carryOut] of Object.entries(routes)) {
		const params = below === undefined ? undefined : paramsOf(route, `${method} ${below}`);
		if (!params) continue;
		return carryOut(readRequest(params, request));
	}
	throw new FrameworkError(404);
}

/** The values of `:name` in a route; undefined when the request is another one. */
function paramsOf(route: string, asked: string): Record<string, string> | undefined {
	const pattern = route.replace(/:(\w+)/g, '(?<$1>[^/]+)');
	const fit = new RegExp(`^${pattern}$`).exec(asked);
	return fit ? { ...fit.groups } : undefined;
}

/** The framework answers in JSON only where that is all that is wanted. */
const wantsJson = ({ accept = '' }: SandboxRequest['headers']) =>
	accept.includes('application/json') && !accept.includes('*/*');

const REASONS = { 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' };

function framework(status: 400 | 404 | 500, asJson: boolean): Reply {
	if (asJson) return { status, body: { status, error: REASONS[status] } };
	return {
		status,
		body:
			status === 400
				? ''
				: `<!DOCTYPE html>\n<html><head><title>${REASONS[status]} (${status})</title></head><body></body></html>`,
	};
}
