import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Answers a request in place of the network. */
export type Transport = (request: {
	method: string;
	url: string;
	qs: IDataObject;
	body?: IDataObject;
}) => Promise<{ statusCode: number; headers: IDataObject; body: unknown }>;

interface StubOptions {
	items: INodeExecutionData[];
	parameters: Record<string, unknown>;
	credentials: IDataObject;
	transport: Transport;
}

/** n8n's context without n8n: parameters and answers come at once, so that what is left is the pack's own work. */
export function stubContext({ items, parameters, credentials, transport }: StubOptions): IExecuteFunctions {
	const context = {
		getInputData: () => items,
		getNodeParameter: (name: string, _item: number, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: async () => credentials,
		getNode: () => ({ id: 'stub', name: 'Stub', type: 'stub', typeVersion: 1, position: [0, 0], parameters: {} }),
		getTimezone: () => 'America/Sao_Paulo',
		continueOnFail: () => true,
		addExecutionHints: () => undefined,
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => 'execution',
		getWorkflow: () => ({ id: 'workflow', active: false }),
		getContext: () => ({}),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: Parameters<Transport>[0]) =>
				await transport(request),
			checkProcessedAndRecord: async (entries: string[]) => ({ new: entries, processed: [] }),
			removeProcessed: async () => undefined,
		},
	};
	return context as unknown as IExecuteFunctions;
}

export const itemsOf = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { index } }));

export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}
