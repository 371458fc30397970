import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { rateProperties } from './rateProperties';
import { trimmedKey } from './reading';
import { authenticated } from './request';

export class SyncroChatApi implements ICredentialType {
	name = 'syncroChatApi';

	displayName = 'Syncro Chat API';

	icon = {
		light: 'file:../nodes/SyncroChat/syncroChat.svg',
		dark: 'file:../nodes/SyncroChat/syncroChat.dark.svg',
	} as const;

	documentationUrl = 'https://docs.syncro.chat/en/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. crm_0123456789abcdef',
			description: 'Create it in Syncro Chat under Settings > API Keys; it starts with crm_',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.syncro.chat/api/v1',
			required: true,
			placeholder: 'e.g. https://app.syncro.chat/api/v1',
			description: 'Address of the API, the same for all accounts',
		},
		...rateProperties(
			60,
			60,
			'docs.syncro.chat/en/errors documents a limit per minute and key; the number 60 comes from the public source code.',
		),
	];

	async authenticate(
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated(request, { 'X-API-Key': trimmedKey(apiKey) });
	}
}
