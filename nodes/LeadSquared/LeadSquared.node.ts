import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearchMethods, loadOptionsMethods } from '../shared/editor/listSearch';
import { mapperMethods } from '../shared/editor/mapperMethods';
import { credentialTest } from './credentialTest';
import { entities } from './entities';
import { mainConnection } from '../shared/form/mainConnection';
import { properties } from '../shared/form/properties';
import { execute } from '../shared/run/execute';
import { lookups, multiSelects } from './lookups';
import { resources } from './resources';
import { leadSquared } from './vendor';

export class LeadSquared implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadSquared',
		name: 'leadSquared',
		icon: { light: 'file:leadSquared.svg', dark: 'file:leadSquared.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Manage leads, tasks, activities, opportunities and lists in LeadSquared',
		defaults: { name: 'LeadSquared' },
		inputs: [mainConnection],
		outputs: [mainConnection],
		usableAsTool: true,
		credentials: [{ name: 'leadSquaredApi', required: true, testedBy: 'credentialTest' }],
		properties: properties(resources),
	};

	methods = {
		credentialTest,
		listSearch: listSearchMethods(leadSquared, lookups),
		loadOptions: loadOptionsMethods(leadSquared, multiSelects),
		resourceMapping: mapperMethods(leadSquared, entities),
	};

	async execute(this: IExecuteFunctions) {
		return await execute(this, leadSquared, resources);
	}
}
