import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../form/operation';

/** Whether an AI agent, or n8n's MCP server, runs the node as a tool; n8n calls the tool's type after the node's. */
export function isToolRun(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() === true || context.getNode().type.endsWith('Tool');
}

/** What an agent gets of an empty list: without words it could not tell it from a tool that did not work. */
export function nothingFound({ action }: Operation): INodeExecutionData {
	return {
		json: { result: `Nothing was found (${action}). It is no failure: no record fits the filters.` },
		pairedItem: { item: 0 },
	};
}
