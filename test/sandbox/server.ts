import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { operationsOf, strictContract, type VendorName } from './contract';
import { Faults, type Fault } from './faults';
import { formForCheck, formOf, isForm } from './forms';
import { Limiter, type Limit } from './limiter';
import { deliver } from './outbox';
import { servePanel, verifyAll } from './panel';
import type { Delivery, Problem, Recorded, Reply, SandboxRequest, VendorSandbox } from './types';

/** A vendor's sandbox that listens. */
export interface RunningVendor {
	/** Address without a path, for the credential's base URL. */
	url: string;
	/** All requests since the last reset, oldest first. */
	requests: Recorded[];
	faults: Faults;
	/** Waits until everything was sent that happened so far; gives back the statuses of the answers, 0 where there was none. */
	delivered: () => Promise<number[]>;
	/** Runs the daily check of all webhooks. */
	verifyWebhooks: () => Promise<void>;
	/** Sends deliveries once more that were told since the last reset: those from one number to before another. */
	sendAgain: (from: number, before: number) => void;
	setLimit: (limit: Limit | undefined) => void;
	/** The limit of the requests that the vendor counts as bulk; without one they count like all others. */
	setBulkLimit: (limit: Limit | undefined) => void;
	/** Forgets requests, deliveries, faults and the limits. Records stay. */
	reset: () => void;
	close: () => Promise<void>;
}

type Outcome = { reply: Reply; applied: boolean; operationId?: string; problems?: Problem[] };

/** Starts a vendor on a free port of the loopback interface. */
export async function startVendor(sandbox: VendorSandbox, port = 0): Promise<RunningVendor> {
	const answer = sandbox.lenient ? lenientAnswers(sandbox) : contractAnswers(sandbox);
	const faults = new Faults();
	const limiter = new Limiter(undefined);
	const bulkLimiter = new Limiter(undefined);
	const requests: Recorded[] = [];
	const told: Delivery[] = [];
	const sent: Array<Promise<number>> = [];
	const send = (deliveries: Delivery[]) => void sent.push(...deliveries.map(deliver));
	const server = fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
	// A body of any other kind is not read, as the vendors do it.
	server.removeContentTypeParser('text/plain');
	server.addContentTypeParser('*', (_request, payload, done) => {
		payload.resume();
		payload.on('end', () => done(null, undefined));
	});
	server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	server.addContentTypeParser(
		'multipart/form-data',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, body: Buffer) => await formOf(body, request.headers['content-type']!),
	);

	servePanel(server, sandbox);
	server.all('/*', async (request, reply) => {
		const recorded = record(request);
		requests.push(recorded);
		const wait = (bulkLimiter.limit && sandbox.isBulk?.(recorded.path) ? bulkLimiter : limiter).arrive(recorded.at);
		const fault = faults.take(recorded);
		await respond(reply, recorded, fault, async () =>
			wait > 0 ? { reply: sandbox.tooMany(wait), applied: false } : await answer(request, recorded),
		);
		const news = sandbox.deliveries?.() ?? [];
		told.push(...news);
		send(news);
	});

	const url = await server.listen({ host: '127.0.0.1', port });
	return {
		url,
		requests,
		faults,
		delivered: async () => await Promise.all(sent.splice(0)),
		verifyWebhooks: async () => await verifyAll(sandbox),
		sendAgain: (from, before) => send(told.slice(from, before)),
		setLimit: (limit) => {
			limiter.limit = limit;
		},
		setBulkLimit: (limit) => {
			bulkLimiter.limit = limit;
		},
		reset: () => {
			requests.length = told.length = 0;
			faults.clear();
			limiter.limit = bulkLimiter.limit = undefined;
		},
		close: async () => await server.close(),
	};
}

function record(request: FastifyRequest): Recorded {
	const [path] = request.url.split('?');
	return {
		method: request.method,
		path,
		query: { ...(request.query as object) },
		headers: request.headers as Recorded['headers'],
		body: bodyOf(request),
		at: Date.now(),
		applied: false,
	};
}

/** The parsed body; text that is no JSON stays text. */
function bodyOf({ body }: FastifyRequest): unknown {
	try {
		return typeof body === 'string' ? JSON.parse(body) : (body ?? undefined);
	} catch {
		return body;
	}
}

/** Carries a request out and answers it, or does what the fault says. */
async function respond(
	reply: FastifyReply,
	recorded: Recorded,
	fault: Fault | undefined,
	carryOut: () => Promise<Outcome>,
): Promise<void> {
	if (fault?.kind === 'reset') return void reply.hijack().raw.destroy();
	if (fault?.kind === 'silence') return void reply.hijack();
	if (fault?.kind === 'switchingProtocols') return switchProtocols(reply, recorded);
	if (fault?.kind === 'answer') return await send(reply, recorded, fault.reply);
	if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
	if (fault?.kind === 'hold') await fault.until;
	const outcome = await carryOut();
	recorded.applied = outcome.applied;
	recorded.answer = outcome.reply;
	recorded.operationId = outcome.operationId;
	recorded.problems = outcome.problems?.map(({ field, message }) => `${field} ${message}`.trim());
	const text = JSON.stringify(outcome.reply.body ?? '');
	switch (fault?.kind) {
		case 'lostAnswer':
			return void reply.hijack().raw.destroy();
		case 'halfAnswer':
			return breakOff(reply, outcome.reply.status, text);
		case 'brokenJson':
			return await send(reply, recorded, {
				...outcome.reply,
				body: text.slice(0, Math.ceil(text.length / 2)),
				headers: { 'content-type': 'application/json' },
			});
		case 'answerAfter':
			return await send(reply, recorded, fault.reply);
		case 'rawAnswer':
			recorded.status = fault.status;
			return void reply
				.hijack()
				.raw.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
				.end(fault.text);
		case 'endless':
			return await neverEnd(reply, recorded, fault.ms);
		case 'drip':
			return await drip(reply, recorded, outcome.reply.status, text, fault.ms);
		default:
			return await send(reply, recorded, outcome.reply);
	}
}

async function send(reply: FastifyReply, recorded: Recorded, { status, body, headers }: Reply): Promise<void> {
	recorded.status = status;
	const isText = typeof body === 'string';
	await reply
		.code(status)
		.headers({ 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8', ...headers })
		.send(isText || body === undefined ? (body ?? '') : JSON.stringify(body));
}

function breakOff(reply: FastifyReply, status: number, text: string): void {
	const { raw } = reply.hijack();
	raw.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
	raw.write(text.slice(0, Math.ceil(text.length / 2)), () => raw.destroy());
}

async function drip(reply: FastifyReply, recorded: Recorded, status: number, text: string, ms: number): Promise<void> {
	const { raw } = reply.hijack();
	recorded.status = status;
	raw.writeHead(status, { 'content-type': 'application/json' });
	const step = Math.max(1, Math.ceil(text.length / 10));
	for (let at = 0; at < text.length && !raw.destroyed; at += step) {
		raw.write(text.slice(at, at + step));
		await new Promise((resolve) => setTimeout(resolve, ms / 10));
	}
	raw.end();
}

async function neverEnd(reply: FastifyReply, recorded: Recorded, ms = 10): Promise<void> {
	const { raw } = reply.hijack();
	recorded.status = 200;
	raw.writeHead(200, { 'content-type': 'application/json' });
	raw.write('{"endless":"');
	while (!raw.destroyed) {
		// A client that reads slowly must not fill the memory of the sandbox.
		if (!raw.writableNeedDrain) raw.write('x'.repeat(64 * 1024));
		await new Promise((resolve) => setTimeout(resolve, ms));
	}
}

function switchProtocols(reply: FastifyReply, recorded: Recorded): void {
	const { raw } = reply.hijack();
	recorded.status = 101;
	raw.writeHead(101, { connection: 'Upgrade', upgrade: 'websocket' });
	raw.flushHeaders();
}

type Answers = (request: FastifyRequest, recorded: Recorded) => Promise<Outcome>;

function lenientAnswers({ lenient, authorized, unauthorized }: VendorSandbox): Answers {
	return async (_request, { method, path, query, headers, body }) => {
		if (!authorized(headers)) return { reply: unauthorized, applied: false };
		const reply = lenient!({ method, path, query, headers, params: {}, body: body as SandboxRequest['body'] });
		return { reply, applied: isApplied(method !== 'GET', reply) };
	};
}

const backends = new Map<VendorName, Promise<OpenAPIBackend>>();

/** Routes, checks and answers as the contract says, which is prepared once for all sandboxes of a vendor, when the first request comes. */
function contractAnswers(sandbox: VendorSandbox): Answers {
	const { vendor } = sandbox;
	return async (request, { method, path, headers, body }) => {
		const prepared = backends.get(vendor) ?? backendOf(sandbox);
		backends.set(vendor, prepared);
		const backend = await prepared;
		const query = request.url.split('?')[1] ?? '';
		const checked = {
			method,
			path,
			query,
			headers: headers as Record<string, string>,
			body: isForm(headers) ? formForCheck(body) : body,
		};
		return (await backend.handleRequest(checked, sandbox, body)) as Outcome;
	};
}

async function backendOf({ vendor, apiRoot }: VendorSandbox): Promise<OpenAPIBackend> {
	const contract = strictContract(vendor);
	// One for all operations of a kind, because each new one compiles the rules for schemas anew.
	const validators = new Map<string, Ajv2020>();
	const api = new OpenAPIBackend({
		definition: contract as unknown as Document,
		apiRoot,
		quick: true,
		coerceTypes: true,
		// The contract tests hold the schemas against the standard, once; here each operation would do it anew.
		customizeAjv: (_original, options) => {
			const kind = JSON.stringify(options);
			const validator =
				validators.get(kind) ??
				addFormats(new Ajv2020({ ...options, strict: false, allErrors: true, validateSchema: false }));
			validators.set(kind, validator);
			return validator;
		},
	});
	for (const scheme of Object.keys(contract.components.securitySchemes ?? {})) {
		api.registerSecurityHandler(scheme, ({ request }: Context, sandbox: VendorSandbox) =>
			sandbox.authorized(request.headers as SandboxRequest['headers']),
		);
	}
	api.register({
		notFound: answerNotFound,
		methodNotAllowed: answerNotFound,
		notImplemented: answerNotFound,
		unauthorizedHandler: (context: Context, { unauthorized }: VendorSandbox) => outcome(context, unauthorized),
		validationFail: (context: Context, sandbox: VendorSandbox) => {
			const problems = (context.validation.errors ?? []).map(({ instancePath, message, params }) => ({
				field: [
					instancePath.replace(/^\/(requestBody|query|path|header)\/?/, '').replaceAll('/', '.'),
					params?.unevaluatedProperty ?? params?.missingProperty,
				]
					.filter(Boolean)
					.join('.'),
				message: message ?? 'is invalid',
			}));
			return outcome(context, sandbox.invalid(problems), { problems });
		},
		...Object.fromEntries(operationsOf(contract).map(({ operation }) => [operation.operationId, carryOut])),
	});
	await api.init();
	const operations = api.router.getOperations();
	// It would gather them anew for each request, which takes longer than all the rest that it does.
	api.router.getOperations = () => operations;
	return api;
}

const outcome = ({ operation }: Context, reply: Reply, more: Partial<Outcome> = {}): Outcome => ({
	reply,
	applied: false,
	operationId: operation?.operationId,
	...more,
});

const answerNotFound = (context: Context, { notFound }: VendorSandbox) => outcome(context, notFound);

const isApplied = (writes: boolean, { status, unchanged }: Reply) => writes && status < 300 && !unchanged;

function carryOut(context: Context, sandbox: VendorSandbox, received: unknown): Outcome {
	const { handlers, writes } = sandbox;
	const { operationId } = context.operation;
	if (!(operationId! in handlers)) return answerNotFound(context, sandbox);
	const { params, query, requestBody, headers, method } = context.request;
	const reply = handlers[operationId!]({
		params: params as Record<string, string>,
		query: query as SandboxRequest['query'],
		body: isForm(headers as Recorded['headers']) ? (received as SandboxRequest['body']) : (requestBody ?? {}),
		headers: headers as SandboxRequest['headers'],
	});
	return outcome(context, reply, { applied: isApplied(writes ? writes.has(operationId!) : method !== 'get', reply) });
}
