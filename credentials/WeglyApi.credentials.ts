import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { rateProperties } from './rateProperties';
import { trimmedKey } from './reading';
import { authenticated, redirectRules, testRequest } from './request';

export class WeglyApi implements ICredentialType {
	name = 'weglyApi';

	displayName = 'Wegly API';

	icon = { light: 'file:../nodes/Wegly/wegly.svg', dark: 'file:../nodes/Wegly/wegly.dark.svg' } as const;

	documentationUrl = 'https://docs.wegly.com.br/documentacao-da-api/integracoes/autenticacao';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in Wegly under the gear icon > Integrações > Gerenciar chaves > Nova chave, with permissions for what the workflows do; it is shown once',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.wegly.com.br',
			required: true,
			placeholder: 'e.g. https://api.wegly.com.br',
			description: 'Address of the Wegly API; leave it as it is unless Wegly gave you another',
		},
		{
			displayName: 'Allowed Domain',
			name: 'allowedDomain',
			type: 'string',
			default: '',
			placeholder: 'e.g. www.example.com',
			description: 'Domain that was given when the key was made, if any. Simpler: leave the domain empty when you make the key.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'For the trigger alone: refuses deliveries that do not know it. In Wegly each webhook has a secret: write that of the webhooks for n8n.',
		},
		...rateProperties(0, 60, 'Wegly documents no limit at docs.wegly.com.br.'),
	];

	async authenticate({ token, allowedDomain }: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const domain = String(allowedDomain ?? '')
			.trim()
			.replace(/^https?:\/\//i, '')
			.replace(/\/+$/, '');
		const origin: Record<string, string> = domain === '' ? {} : { Origin: `https://${domain}` };
		return authenticated(request, '/integrations/external', { Authorization: `Bearer ${trimmedKey(token)}`, ...origin });
	}

	test: ICredentialTestRequest = {
		request: { ...testRequest, baseURL: '={{ $credentials.baseUrl }}', url: '/chats/notifications/unread' },
		rules: [
			...redirectRules,
			{ type: 'responseCode', properties: { value: 401, message: 'The token is missing, unknown or expired' } },
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Good key without the chat permission, which is all that this test can ask for (or a domain that does not match): save it and try the operation you need',
				},
			},
			{ type: 'responseCode', properties: { value: 404, message: 'This base URL is not the one of the Wegly API' } },
			{ type: 'responseSuccessBody', properties: { key: 'unread_chats_total', value: undefined, message: 'This base URL is not the one of the Wegly API' } },
		] as ICredentialTestRequest['rules'],
	};
}
