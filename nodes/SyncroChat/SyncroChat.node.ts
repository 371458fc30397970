import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearchMethods, loadOptionsMethods } from '../shared/editor/listSearch';
import { mapperMethods } from '../shared/editor/mapperMethods';
import { inBrazil } from '../shared/form/defaultCountry';
import { mainConnection } from '../shared/form/mainConnection';
import { properties } from '../shared/form/properties';
import { execute } from '../shared/run/execute';
import { credentialTest } from './credentialTest';
import { entities } from './entities';
import { lookups, multiSelects } from './lookups';
import { resources } from './resources';
import { syncroChat } from './vendor';

export class SyncroChat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Syncro Chat',
		name: 'syncroChat',
		icon: { light: 'file:syncroChat.svg', dark: 'file:syncroChat.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with tasks, leads and WhatsApp templates of the Brazilian CRM Syncro Chat',
		defaults: { name: 'Syncro Chat' },
		inputs: [mainConnection],
		outputs: [mainConnection],
		usableAsTool: true,
		credentials: [{ name: 'syncroChatApi', required: true, testedBy: 'credentialTest' }],
		properties: properties(resources, syncroChat.options, inBrazil),
	};

	methods = {
		credentialTest,
		listSearch: listSearchMethods(syncroChat, lookups),
		loadOptions: loadOptionsMethods(syncroChat, multiSelects),
		resourceMapping: mapperMethods(syncroChat, entities),
	};

	async execute(this: IExecuteFunctions) {
		return await execute(this, syncroChat, resources);
	}
}
