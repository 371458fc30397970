import fastify from 'fastify';
import { randomUUID } from 'node:crypto';

/** A tool as a model sees it. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type?: string; description?: string }>; required?: string[] };
}

interface Message {
	role: string;
	content: unknown;
}

/** A call of a tool. */
export interface Call {
	tool: string;
	input: Record<string, unknown>;
}

/** What the model does in its turn: it calls a tool, or says something, which ends its work. */
export type Turn = Call | { says: string };

/** A model that does what it was told beforehand, behind the interface of OpenAI's Chat Completions. */
export interface ScriptedModel {
	/** For n8n's OpenAI credential. */
	url: string;
	/** The tools of the last question. */
	tools: OfferedTool[];
	/** What the tools answered, in the order of their calls. */
	toolAnswers: string[];
	/** Sets the turns, and forgets what was. */
	follow: (turns: Turn[]) => void;
	close: () => Promise<void>;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
	const server = fastify({ bodyLimit: 32 * 1024 * 1024 });
	let turns: Turn[] = [];
	const model: ScriptedModel = {
		url: '',
		tools: [],
		toolAnswers: [],
		follow: (next) => {
			turns = [...next];
			model.tools = [];
			model.toolAnswers = [];
		},
		close: async () => await server.close(),
	};
	server.get('/v1/models', () => ({ data: [{ id: 'scripted' }] }));
	server.post<{ Body: { messages: Message[]; tools?: Array<{ function: OfferedTool }> } }>(
		'/v1/chat/completions',
		({ body }) => {
			model.tools = (body.tools ?? []).map((tool) => tool.function);
			model.toolAnswers = body.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
			return completion(turns.shift() ?? { says: 'Nothing is left to do.' }, model.tools);
		},
	);
	model.url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/v1`;
	return model;
}

/** https://platform.openai.com/docs/api-reference/chat/object */
function completion(turn: Turn, tools: OfferedTool[]) {
	const isCall = 'tool' in turn;
	if (isCall && !tools.some(({ name }) => name === turn.tool))
		throw new Error(`There is no tool '${turn.tool}' among ${tools.map(({ name }) => name).join(', ')}`);
	const message = isCall
		? {
				content: null,
				tool_calls: [
					{
						id: `call_${randomUUID()}`,
						type: 'function',
						function: { name: turn.tool, arguments: JSON.stringify(turn.input) },
					},
				],
			}
		: { content: turn.says };
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 1,
		model: 'scripted',
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: isCall ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
