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
			description: 'Address of WoofedCRM: the cloud or your own installation',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 0123456789abcdef',
			description: 'In WoofedCRM: Settings > Users, on the page of the user for your workflows',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			required: true,
			description: 'Number after /accounts/ in the address of the panel; 1 in most installations',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSsl',
			type: 'boolean',
			default: false,
			description:
				"Whether to connect even if the server's certificate cannot be verified, for example if it is self-signed",
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. a long text of your own',
			description:
				'Any long text, added to the webhook address as ?secret=. Only the trigger uses it: it rejects deliveries without it.',
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
