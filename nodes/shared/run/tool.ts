import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../form/operation';

/** Returns whether an AI agent or n8n's MCP server runs the node as a tool. n8n adds "Tool" to the type of such a node. */
export function isToolRun(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() === true || context.getNode().type.endsWith('Tool');
}

/** Returns the output of an empty list for an agent. Without a text, an agent can't tell an empty list from a broken tool. */
export function nothingFound({ action }: Operation): INodeExecutionData {
	return {
		json: { result: `Nothing was found (${action}). This is not a failure: no record matches the filters.` },
		pairedItem: { item: 0 },
	};
}
