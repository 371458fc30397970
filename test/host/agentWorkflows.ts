import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { WorkflowFile } from '../engine/engine';
import type { VendorName } from '../support/vendors';
import { PACKAGE } from './fixture';

/** A node of the pack as a tool of an agent. */
export interface Tool {
	name: string;
	parameters: IDataObject;
}

/** A field that the model fills in, as the button beside a field of the editor writes it. */
export const fromAi = (name: string, description: string) => `={{ $fromAI('${name}', \`${description}\`, 'string') }}`;

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: IDataObject,
	more: Partial<INode> = {},
): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	...more,
});

const toolNodes = (vendor: VendorName, tools: Tool[]) =>
	tools.map(({ name, parameters }) => node(name, `${PACKAGE}.${vendor}Tool`, 1, parameters));
const toolConnections = (tools: Tool[], to: string): IConnections =>
	Object.fromEntries(tools.map(({ name }) => [name, { ai_tool: [[{ node: to, type: 'ai_tool', index: 0 }]] }]));

/** An agent with a model behind the interface of OpenAI and tools of one vendor. */
export function agentWorkflow(vendor: VendorName, tools: Tool[], openAi: { id: string; name: string }): WorkflowFile {
	return {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, {
				promptType: 'define',
				text: 'Do what was asked.',
				options: {},
			}),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.3,
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false, options: {} },
				{ credentials: { openAiApi: openAi } },
			),
			...toolNodes(vendor, tools),
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			...toolConnections(tools, 'Agent'),
		},
		settings: { timezone: 'America/Sao_Paulo' },
	};
}

/** Tools of one vendor offered to other programs by n8n's MCP server. */
export function mcpWorkflow(vendor: VendorName, tools: Tool[], path: string): WorkflowFile {
	return {
		nodes: [
			node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path }, { webhookId: path }),
			...toolNodes(vendor, tools),
		],
		connections: toolConnections(tools, 'MCP'),
		settings: { timezone: 'America/Sao_Paulo' },
	};
}
