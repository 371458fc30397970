import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { rateProperties } from './rateProperties';

export class SyncroChatApi implements ICredentialType {
	name = 'syncroChatApi';

	displayName = 'Syncro Chat API';

	icon = { light: 'file:../nodes/SyncroChat/syncroChat.svg', dark: 'file:../nodes/SyncroChat/syncroChat.dark.svg' } as const;

	documentationUrl = 'https://docs.syncro.chat/en/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Made in Syncro Chat under Settings > API Keys; it starts with crm_',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.syncro.chat/api/v1',
			required: true,
		},
		...rateProperties(60, 60, 'Syncro Chat documents a limit per minute and key at docs.syncro.chat/en/errors; the number 60 comes from its public source.'),
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "") }}/api/v1', url: '/account', headers: { Accept: 'application/json' } },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'The API key is missing, unknown or expired' } },
			{ type: 'responseCode', properties: { value: 403, message: 'The key is good, but this test needs the permission users:read (or the account is suspended)' } },
			{ type: 'responseCode', properties: { value: 404, message: 'This base URL is not the one of the Syncro Chat API' } },
			{ type: 'responseSuccessBody', properties: { key: 'account', value: undefined, message: 'This base URL is not the one of the Syncro Chat API' } },
		] as ICredentialTestRequest['rules'],
	};
}
