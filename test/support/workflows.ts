import type { IDataObject, INode } from 'n8n-workflow';
import type { WorkflowFile } from '../engine/engine';
import type { VendorName } from './vendors';

export type { VendorName as NodeName } from './vendors';

/** A workflow of a trigger and one node of the pack. */
export function workflowOf(
	node: VendorName,
	parameters: IDataObject,
	settings: Partial<INode> = {},
	timezone = 'America/Sao_Paulo',
): WorkflowFile {
	return {
		nodes: [
			{
				id: '1',
				name: 'Trigger',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: 'CRM',
				type: `n8n-nodes-crm-pack.${node}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: parameters as INode['parameters'],
				...settings,
			},
		],
		connections: { Trigger: { main: [[{ node: 'CRM', type: 'main', index: 0 }]] } },
		settings: { timezone },
	};
}
