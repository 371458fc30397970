import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { rateProperties } from './rateProperties';
import { trimmedKey } from './reading';
import { authenticated } from './request';

export class WoofedCrmApi implements ICredentialType {
	name = 'woofedCrmApi';

	displayName = 'WoofedCRM API';

	icon = {
		light: 'file:../nodes/WoofedCrm/woofedCrm.svg',
		dark: 'file:../nodes/WoofedCrm/woofedCrm.dark.svg',
	} as const;

	documentationUrl = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/authentication/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.woofedcrm.com',
			required: true,
			placeholder: 'e.g. https://crm.example.com.br',
			description: 'Address of WoofedCRM, the cloud or your own installation',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 0123456789abcdef',
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
			description:
				'Whether to connect even if the certificate of the server cannot be verified, for an installation with a certificate of its own',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. a long text of your own',
			description:
				'For the trigger alone: refuses deliveries that do not know it. Any long text: add it to the address in WoofedCRM as ?secret=.',
		},
		...rateProperties(0, 60, 'WoofedCRM documents no limit at docs.woofedcrm.com.'),
	];

	async authenticate(
		{ token }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated(request, { Authorization: `Bearer ${trimmedKey(token)}` });
	}
}
