import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { rateProperties } from './rateProperties';

export class WoofedCrmApi implements ICredentialType {
	name = 'woofedCrmApi';

	displayName = 'WoofedCRM API';

	icon = { light: 'file:../nodes/WoofedCrm/woofedCrm.svg', dark: 'file:../nodes/WoofedCrm/woofedCrm.dark.svg' } as const;

	documentationUrl = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/authentication/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.woofedcrm.com',
			required: true,
			description: 'Address of WoofedCRM, the cloud or your own installation',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Found in WoofedCRM under Settings > Users, on the page of the user the workflows act as',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			required: true,
			description: 'Number after /accounts/ in the address of the panel; 1 on most installations',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSsl',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if the certificate of the server cannot be verified, for an installation with a certificate of its own',
		},
		...rateProperties(0, 60, 'WoofedCRM documents no limit at docs.woofedcrm.com.'),
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "") }}/api/v1',
			url: '=/accounts/{{ $credentials.accountId || 1 }}/contacts/search?query%5Bid_eq%5D=0',
			headers: { Accept: 'application/json' },
			skipSslCertificateValidation: '={{ $credentials.ignoreSsl }}',
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'The token is missing or invalid' } },
			{ type: 'responseCode', properties: { value: 404, message: 'This base URL is not the one of a WoofedCRM API' } },
			{ type: 'responseSuccessBody', properties: { key: 'pagination', value: undefined, message: 'This base URL is not the one of a WoofedCRM API' } },
		] as ICredentialTestRequest['rules'],
	};
}
