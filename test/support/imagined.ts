import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { mappedField, type EntityFields } from '../../nodes/shared/fields';
import { operation, type Operation, type Resources } from '../../nodes/shared/form/operation';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { verdictByStatus } from '../../nodes/shared/http/api';
import type { PageStyle } from '../../nodes/shared/http/paging';
import { execute } from '../../nodes/shared/run/execute';
import { stubContext } from '../bench/stub';
import { ProcessedItems } from './processedItems';

/** A vendor that exists in tests only: what it answers is up to the test. */
export const imagined: Vendor = {
	name: 'Imagined CRM',
	credential: 'imaginedApi',
	secrets: ['apiKey'],
	apiPath: '/api',
	baseUrl: ({ baseUrl }) => String(baseUrl),
	formats: { dateTime: 'iso', time: 'HH:mm' },
	readResponse: ({ status, body }) =>
		status < 300
			? { kind: 'success' }
			: verdictByStatus(status, String((body as IDataObject).message ?? 'No'), { 403: 'Ask for more rights.' }),
};

/** An operation of the imagined vendor, of which a test says what it is about. */
export function imaginedOperation(part: Partial<Operation>): Operation {
	return {
		...operation({
			name: 'Do',
			action: 'Do thing',
			description: 'Do a thing',
			request: 'POST /things',
			effect: 'writes',
			page: 'https://imagined.example',
			contract: 'doThing',
			fields: {},
		}),
		...part,
	};
}

/** The fields of the imagined vendor's things, which a mapper offers. */
export const imaginedFields: EntityFields = {
	name: 'thingFields',
	request: 'GET /fields',
	page: 'https://imagined.example',
	contract: 'listFields',
	fields: (answer) =>
		(answer as { fields: Array<{ id: string }> }).fields.map(({ id }) => mappedField(id, id.toUpperCase())),
};

/** Pages of up to five records, under `list`; the vendor says whether there are more. */
export const imaginedPages: PageStyle = {
	parameters: (page, size) => ({ page, size }),
	part: 'query',
	maxPageSize: 5,
	records: (answer) => (answer as { list: IDataObject[] }).list,
	more: (answer) => (answer as { more?: boolean }).more === true,
};

export interface ImaginedRequest {
	method: string;
	url: string;
	qs: IDataObject;
	body?: IDataObject;
}

export interface ImaginedAnswer {
	status?: number;
	body: unknown;
}

interface RunOptions {
	/** Parameters of each item; an error in place of a value is what an expression throws. */
	items?: Array<Record<string, unknown>>;
	answer?: (request: ImaginedRequest, index: number) => ImaginedAnswer | Promise<ImaginedAnswer>;
	value?: string;
	vendor?: Partial<Vendor>;
	node?: Partial<INode>;
	context?: Partial<Record<keyof IExecuteFunctions, unknown>>;
	credentials?: IDataObject;
	goesOn?: boolean;
	/** ID of the execution; each run is one of its own when left out. */
	executionId?: string;
	/** n8n's memory of processed items; each run has one of its own when left out. */
	memory?: Pick<ProcessedItems, 'helpers'>;
	/** Item objects, to run the node again with the same ones. */
	inputs?: INodeExecutionData[];
}

export interface ImaginedRun {
	output: INodeExecutionData[];
	requests: ImaginedRequest[];
	hints: string[];
	error?: Error & { description?: string; httpCode?: string; context: { itemIndex?: number; data?: IDataObject } };
}

export const credentials = {
	apiKey: 'imagined-secret',
	baseUrl: 'https://imagined.example',
	requestsPerWindow: 0,
	windowSeconds: 0,
};

/** n8n's context for a node of the imagined vendor, with parameters that differ by item. */
export function imaginedContext(
	run: ImaginedRun,
	{
		items = [{}],
		answer = () => ({ body: { id: 1 } }),
		value = 'do',
		node,
		context,
		goesOn = false,
		credentials: more,
		inputs,
		...noted
	}: RunOptions,
): IExecuteFunctions {
	const read = (name: string, item: number, fallback?: unknown): unknown => {
		const parameters: Record<string, unknown> = { resource: 'thing', operation: value, ...items[item] };
		const given = parameters[name];
		if (given instanceof Error) throw given;
		return given ?? fallback;
	};
	const stub = stubContext({
		items: inputs ?? items.map(() => ({ json: {} })),
		parameters: {},
		credentials: { ...credentials, ...more },
		transport: async ({ method, url, qs, body }) => {
			const request = { method, url: url.replace('https://imagined.example/api', ''), qs, body };
			const index = run.requests.push(request) - 1;
			const { status = 200, body: answered } = await answer(request, index);
			return { statusCode: status, headers: {}, body: answered };
		},
	});
	Object.assign(stub.helpers, (noted.memory ?? new ProcessedItems()).helpers('workflow', 'node'));
	const kept = {};
	return Object.assign(stub, {
		getExecutionId: () => noted.executionId ?? '1',
		getWorkflow: () => ({ id: 'workflow', active: false }),
		getContext: () => kept,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNodeParameter: read,
		continueOnFail: () => goesOn,
		getNode: () => ({
			id: 'node',
			name: 'Imagined',
			type: 'imagined',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			...node,
		}),
		addExecutionHints: (...hints: Array<{ message: string }>) =>
			void run.hints.push(...hints.map(({ message }) => message)),
		...context,
	});
}

/** Executes one operation of the imagined vendor, without n8n and without a network. */
export async function runImagined(part: Partial<Operation>, options: RunOptions = {}): Promise<ImaginedRun> {
	const run: ImaginedRun = { output: [], requests: [], hints: [] };
	const resources: Resources = {
		thing: { name: 'Thing', operations: { [options.value ?? 'do']: imaginedOperation(part) } },
	};
	try {
		[run.output] = await execute(imaginedContext(run, options), { ...imagined, ...options.vendor }, resources);
	} catch (error) {
		run.error = error as ImaginedRun['error'];
	}
	return run;
}
