import type { IDataObject, INode } from 'n8n-workflow';
import { Bench, pack, workflowOf, type NodeName } from '../support/run';
import { prepare } from './engine';
import { toolOf } from './engineApi';
import { byId, createTask } from './forms';

const bench = new Bench();
const vendor = () => bench.sandbox.vendors.syncroChat;

/** The pack with a node's variant as a tool, whose type n8n makes by an ending. */
function packWithTool(node: NodeName) {
	const type = `n8n-nodes-crm-pack.${node}Tool`;
	return {
		type,
		pack: { ...pack, nodeTypes: { ...pack.nodeTypes, [type]: pack.nodeTypes[`n8n-nodes-crm-pack.${node}`] } },
	};
}

/**
 * Calls the node as n8n's agents up to version 2.2 and its MCP server do: in a context of a tool, made anew for each try of
 * Retry On Fail.
 *
 * @returns what the model reads
 */
async function callTool(
	node: NodeName,
	parameters: IDataObject,
	settings: Partial<INode> = {},
	without: string[] = [],
	credential: IDataObject = {},
): Promise<string> {
	const credentials = {
		...bench.sandbox.credentials,
		[`${node}Api`]: { ...bench.sandbox.credentials[`${node}Api`], ...credential },
	} as typeof bench.sandbox.credentials;
	const { type, pack: withTool } = packWithTool(node);
	const { workflow, additionalData } = prepare(workflowOf(node, parameters, { type, ...settings }), {
		pack: withTool,
		credentials,
	});
	return await toolOf(workflow, workflow.getNode('CRM')!, withTool.nodeTypes[type], additionalData, without)();
}

/** The same by agents of version 3: the engine runs the tool as a node whose type ends in "Tool". */
async function runToolNode(parameters: IDataObject, settings: Partial<INode> = {}, credential?: IDataObject) {
	const { type, pack: withTool } = packWithTool('syncroChat');
	return await bench.run('syncroChat', parameters, { settings: { type, ...settings }, pack: withTool, credential });
}

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

test('a tool that carried out its write says so to the model', async () => {
	expect(JSON.parse(await callTool('syncroChat', createTask))).toEqual([
		expect.objectContaining({ id: expect.any(Number), subject: 'Enviar proposta' }),
	]);
});

test('a tool of a version of n8n without hints does not report a failure after its write, which a model would repeat', async () => {
	const answer = await callTool('syncroChat', createTask, {}, ['addExecutionHints', 'isToolExecution']);

	expect(answer).toContain('Enviar proposta');
	expect(vendor().requests).toHaveLength(1);
});

describe.each([
	[
		'agents up to 2.2 and MCP',
		async (parameters: IDataObject, settings?: Partial<INode>, credential?: IDataObject) =>
			await callTool('syncroChat', parameters, settings, [], credential),
	],
	[
		'agents of version 3',
		async (parameters: IDataObject, settings?: Partial<INode>, credential?: IDataObject) =>
			JSON.stringify((await runToolNode(parameters, settings, credential)).items.map(({ json }) => json)),
	],
])('%s', (_name, call) => {
	const messageOf = (answer: string) => (JSON.parse(answer) as Array<{ error: { message: string } }>)[0].error.message;

	test('a write whose answer was lost is written once, with Retry On Fail on, and the model reads that it may have been carried out', async () => {
		vendor().faults.add({ kind: 'lostAnswer' });

		const answer = await call(createTask, retry);

		expect(vendor().requests).toHaveLength(1);
		expect(messageOf(answer)).toContain(
			'The request may have been carried out: look in Syncro Chat before running it again',
		);
	});

	test('a wrong value is told with its field, what is allowed and what to do, in the one text that a model reads', async () => {
		const answer = await call({ ...createTask, type: 'fax' }, retry);

		expect(messageOf(answer)).toBe(
			`'Type' must be one of call, email, meeting, task, visit, whatsapp, but is "fax" [item 0]. Nothing was sent for this item. Correct the value or its expression.`,
		);
	});

	test('a record that is not there is told with its field and its ID', async () => {
		const answer = await call({ resource: 'task', operation: 'get', id: byId(999_999) });

		expect(messageOf(answer)).toContain("(given 'Task' 999999). There is no record with this ID");
	});

	test('a credential with an expression is that of the call', async () => {
		const key = String(bench.sandbox.credentials.syncroChatApi.apiKey);

		const answer = await call(createTask, retry, { apiKey: `={{ $itemIndex === 0 ? '${key}' : '' }}` });

		expect(answer).toContain('Enviar proposta');
		expect(vendor().requests).toHaveLength(1);
	});

	test('a credential whose expression has no value is told by the name of its field', async () => {
		const answer = await call(createTask, retry, { apiKey: '={{ $itemIndex === 0 ? "" : "key" }}' });

		expect(messageOf(answer)).toMatch(
			/^'API Key' of the credential is required but empty \[item 0\]\. Nothing was sent for this item\. /,
		);
		expect(vendor().requests).toEqual([]);
	});

	test('an empty list gives words, which a model can tell from a tool that did not work', async () => {
		const answer = await call({ resource: 'lead', operation: 'getAll', filters: { q: 'nobody of this name' } });

		expect(JSON.parse(answer)).toEqual([
			{ result: 'Nothing was found (Get many leads). This is not a failure: no record matches the filters.' },
		]);
	});
});

test('the values of a drop-down stand in its description, which is all that a model sees of it', () => {
	const { properties } = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'].description;

	expect(properties.find(({ name }) => name === 'type')?.description).toContain(
		'One of call, email, meeting, task, visit, whatsapp',
	);
});

test('a tool whose credential is not fit to be used returns that as well', async () => {
	const answer = JSON.parse(
		await callTool('syncroChat', createTask, retry, [], { baseUrl: 'ftp://crm.example.com' }),
	) as Array<{ error: { message: string } }>;

	expect(answer[0].error.message).toMatch(
		/^'Base URL' of the credential must start with https:\/\/.*\. Open the credential/,
	);
});
