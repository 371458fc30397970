import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { rateProperties } from './rateProperties';
import { trimmedKey } from './reading';
import { authenticated } from './request';

export class LeadSquaredApi implements ICredentialType {
	name = 'leadSquaredApi';

	displayName = 'LeadSquared API';

	icon = {
		light: 'file:../nodes/LeadSquared/leadSquared.svg',
		dark: 'file:../nodes/LeadSquared/leadSquared.dark.svg',
	} as const;

	documentationUrl = 'https://apidocs.leadsquared.com/authentication/';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Key',
			name: 'accessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. u$r0123456789abcdef',
			description:
				"In LeadSquared: My Account > Settings > API and Webhooks; an administrator's keys have the most permissions",
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 0123456789abcdef',
			description: 'Shown next to the access key in LeadSquared',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'options',
			options: [
				{ name: 'Canada (api-ca12.leadsquared.com)', value: 'api-ca12.leadsquared.com' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'India (Hyderabad) (api-in22.leadsquared.com)', value: 'api-in22.leadsquared.com' },
				{ name: 'India (Mumbai) (api-in21.leadsquared.com)', value: 'api-in21.leadsquared.com' },
				{ name: 'Ireland (api-ir31.leadsquared.com)', value: 'api-ir31.leadsquared.com' },
				{ name: 'Middle East (api-me61.leadsquared.com)', value: 'api-me61.leadsquared.com' },
				{ name: 'Singapore (api.leadsquared.com)', value: 'api.leadsquared.com' },
				{ name: 'United States (api-us11.leadsquared.com)', value: 'api-us11.leadsquared.com' },
			],
			default: 'api.leadsquared.com',
			description:
				'Host of your region, shown next to the keys; LeadSquared refuses keys at the host of another region',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api-in21.leadsquared.com',
			description: 'Address of a host that is not in the list, as LeadSquared shows it next to the keys',
			displayOptions: { show: { host: ['custom'] } },
		},
		...rateProperties(
			10,
			5,
			'apidocs.leadsquared.com/rate-limits states 10 per 5 seconds for the Pro plan and 20 for Super; the pages of the API state 25.',
		),
	];

	async authenticate(
		{ accessKey, secretKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated(request, {
			'x-LSQ-AccessKey': trimmedKey(accessKey),
			'x-LSQ-SecretKey': trimmedKey(secretKey),
		});
	}
}
