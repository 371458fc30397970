import type { IDataObject } from 'n8n-workflow';
import { vendors, type VendorName } from '../../support/vendors';
import { agentWorkflow, fromAi, mcpWorkflow, type Tool } from '../agentWorkflows';
import { examples, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { connectToMcp } from '../mcpClient';
import { startScriptedModel, type Call, type OfferedTool, type ScriptedModel } from '../scriptedModel';

let fixture: Fixture;
let model: ScriptedModel;
let openAi: { id: string; name: string };
beforeAll(async () => {
	fixture = await openFixture();
	model = await startScriptedModel();
	openAi = await fixture.host.rest.createCredential(
		'openAiApi',
		{ apiKey: 'scripted', url: model.url, header: false },
		'Model',
	);
}, 900_000);
afterEach(() => fixture.sandbox.reset());
afterAll(async () => {
	await model?.close();
	await fixture?.close();
});

const located = (mode: string, value: string) => ({ __rl: true, mode, value });
const id = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const leadSquaredLead = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
const subject = fromAi('Subject', 'What the task is about');
const date = fromAi('Date', 'When it is due, in ISO 8601');
const of = (what: string) => fromAi('Record_ID', `ID of the ${what}`);
const find = fromAi('Search', 'What to look for');

/** What a model may do with the node of a vendor: make something, and read a list where the vendor has one. */
interface Work {
	create: Tool;
	list?: Tool;
	/** What makes a record. */
	good: IDataObject;
	/** Part of a good input that the node refuses, with what its refusal says. */
	refused: [input: IDataObject, words: RegExp];
	/** Part of a good input that only the vendor can refuse, with what the model has to read. */
	wrongId: [input: IDataObject, words: RegExp];
	/** What nothing is found by. */
	nothing?: IDataObject;
}

const works: Record<VendorName, Work> = {
	syncroChat: {
		create: {
			name: 'Create_task',
			parameters: {
				resource: 'task',
				operation: 'create',
				subject,
				type: 'call',
				due_date: date,
				additionalFields: { lead_id: located('id', of('lead')) },
			},
		},
		list: { name: 'List_leads', parameters: { resource: 'lead', operation: 'getAll', filters: { q: find } } },
		good: { Subject: 'Ligar', Date: '2026-12-01', Record_ID: '123' },
		refused: [{ Date: '31/02/2026' }, /'Due Date'.*31\/02\/2026/],
		wrongId: [{ Record_ID: '999999' }, /lead/i],
		nothing: { Search: 'nobody of this name' },
	},
	wegly: {
		create: {
			name: 'Create_task',
			parameters: {
				resource: 'task',
				operation: 'create',
				crm_task_type_id: of('task type'),
				title: subject,
				start_date: date,
			},
		},
		good: { Subject: 'Demonstração', Date: '2026-12-01T10:00:00', Record_ID: id },
		refused: [{ Date: 'tomorrow' }, /'Start Date'.*tomorrow/],
		wrongId: [{ Record_ID: 'call' }, /'Task Type ID'/],
	},
	woofedCrm: {
		create: {
			name: 'Create_activity',
			parameters: {
				resource: 'dealEvent',
				operation: 'createActivity',
				deal_id: located('id', of('deal')),
				title: subject,
				scheduled_at: date,
			},
		},
		list: {
			name: 'List_contacts',
			parameters: { resource: 'contact', operation: 'getAll', filters: { full_name_cont: find } },
		},
		good: { Subject: 'Ligação', Date: '2026-12-01T10:00:00', Record_ID: '1' },
		refused: [{ Date: '01/02/2026' }, /'Scheduled At'.*01\/02\/2026/],
		wrongId: [{ Record_ID: '999999' }, /999999|not found/i],
		nothing: { Search: 'nobody of this name' },
	},
	leadSquared: {
		create: {
			name: 'Create_to_do',
			parameters: {
				...{
					resource: 'task',
					operation: 'createToDo',
					Name: subject,
					TaskType: located('name', 'Follow-Up'),
					owner: located('email', 'taskowner@example.com'),
				},
				...{ RelatedEntity: 'lead', RelatedEntityId: located('id', of('lead')), DueDate: date },
			},
		},
		list: { name: 'List_leads', parameters: { resource: 'lead', operation: 'searchByText', key: find } },
		good: { Subject: 'Call back', Date: '2026-12-01T10:00:00', Record_ID: leadSquaredLead },
		refused: [{ Date: '01/02/2026' }, /'Due Date'.*01\/02\/2026/],
		wrongId: [{ Record_ID: '00000000-0000-0000-0000-000000000000' }, /lead|record/i],
		nothing: { Search: 'nobody of this name' },
	},
};

const applied = (vendor: VendorName) =>
	fixture.sandbox.vendors[vendor].requests.filter((request) => request.applied && request.method !== 'GET');
const tooMany = (vendor: VendorName) => {
	const reply = vendors
		.find(({ name }) => name === vendor)!
		.sandbox()
		.tooMany(1000);
	fixture.sandbox.vendors[vendor].faults.add({ kind: 'answer', reply, times: 1 });
};

interface Caller {
	/** The tools as the model sees them. */
	tools: OfferedTool[];
	/** What the tools answered to calls in a row. */
	answers: string[];
}

/** n8n's own agent: works through its calls, and then says that it is done. */
async function agent(vendor: VendorName, tools: Tool[], calls: Call[]): Promise<Caller> {
	const workflow = agentWorkflow(vendor, tools, openAi);
	const stored = await fixture.host.rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials));
	model.follow([...calls, { says: 'Done.' }]);
	const { status, stored: text } = await fixture.host.rest.run(stored, 'Start');
	if (status !== 'success') throw new Error(text);
	return { tools: model.tools, answers: model.toolAnswers };
}

/** Another program, which n8n's MCP Server Trigger offers the tools to. */
async function mcp(vendor: VendorName, tools: Tool[], calls: Call[]): Promise<Caller> {
	const stored = await fixture.host.rest.createWorkflow(
		withStoredCredentials(mcpWorkflow(vendor, tools, `mcp-${vendor}`), fixture.credentials),
	);
	await fixture.host.rest.activate(stored);
	const client = await connectToMcp(`${fixture.host.url}/mcp/mcp-${vendor}`);
	try {
		const offered = (await client.listTools()).tools.map(({ name, description, inputSchema }) => ({
			name,
			description,
			parameters: inputSchema,
		}));
		const answers: string[] = [];
		for (const { tool, input } of calls) {
			const { content } = await client.callTool({ name: tool, arguments: input });
			answers.push(content.map(({ text }) => text).join('\n'));
		}
		return { tools: offered, answers };
	} finally {
		await client.close();
		await fixture.host.rest.deactivate(stored);
	}
}

const callers = { 'an agent': agent, 'a program over MCP': mcp };
const table = Object.entries(callers).flatMap(([who, use]) =>
	vendors.map(({ name }) => ({ who, vendor: name, use, ...works[name] })),
);

describe.each(table)('$who with $vendor', ({ vendor, use, create, list, good, refused, wrongId, nothing }) => {
	const tools = [create, ...(list ? [list] : [])];
	const call = (change: IDataObject = {}): Call => ({ tool: create.name, input: { ...good, ...change } });
	const answersTo = async (...calls: Call[]) => (await use(vendor, tools, calls)).answers;

	test('creates what was asked for, once, and reads the record', async () => {
		const [answer] = await answersTo(call());

		expect(applied(vendor)).toHaveLength(1);
		expect(answer).toMatch(/"id":/i);
	});

	test('mends what the node refuses, and creates once', async () => {
		const [refusal, answer] = await answersTo(call(refused[0]), call());

		expect(refusal).toMatch(refused[1]);
		expect(answer).toMatch(/"id":/i);
		expect(applied(vendor)).toHaveLength(1);
	});

	test('reads why an ID that leads nowhere is refused', async () => {
		const [answer] = await answersTo(call(wrongId[0]));

		expect(answer).toMatch(wrongId[1]);
	});

	test('knows nothing of a rate limit that was waited out', async () => {
		tooMany(vendor);
		const [answer] = await answersTo(call());

		expect(answer).toMatch(/"id":/i);
		expect(applied(vendor)).toHaveLength(1);
	});

	test('is offered exactly what it has to fill in, with words on each', async () => {
		const offered = (await use(vendor, tools, [])).tools;

		expect(offered.map(({ name }) => name).sort()).toEqual(tools.map(({ name }) => name).sort());
		const { properties } = offered.find(({ name }) => name === create.name)!.parameters;
		expect(Object.keys(properties).sort()).toEqual(Object.keys(good).sort());
		expect(Object.values(properties).filter(({ description }) => !description)).toEqual([]);
	});

	if (list && nothing) {
		test('is told that a list is empty', async () => {
			const [answer] = await answersTo({ tool: list.name, input: nothing });

			expect(answer).toContain('Nothing was found');
		});
	}
});

test('the example of an agent books a task for the lead that it found', async () => {
	const [[, example]] = examples('agents');
	const nodes = example.nodes.map((node) =>
		node.type.endsWith('.lmChatOpenAi')
			? {
					...node,
					parameters: { ...node.parameters, model: { __rl: true, mode: 'id', value: 'scripted' } },
					credentials: { openAiApi: openAi },
				}
			: node,
	);
	const chat = {
		'When chat message received': [{ json: { chatInput: 'Ligar para o João Silva no dia 1 de dezembro às 10h' } }],
	};
	const stored = await fixture.host.rest.createWorkflow(
		withStoredCredentials({ ...example, nodes }, fixture.credentials),
		chat,
	);
	model.follow([
		{ tool: 'Find_lead', input: { Search: 'João Silva' } },
		{ tool: 'Create_task', input: { Subject: 'Ligar', Due: '2026-12-01T10:00:00', Lead_ID: '123' } },
		{ says: 'Agendado.' },
	]);

	const { status } = await fixture.host.rest.run(stored, 'When chat message received');

	expect(status).toBe('success');
	expect(model.toolAnswers[0]).toContain('"id":123');
	expect(applied('syncroChat').map(({ body }) => body)).toEqual([
		{ subject: 'Ligar', type: 'call', due_date: '2026-12-01', due_time: '10:00', lead_id: 123 },
	]);
});
