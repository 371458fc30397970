import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { rateProperties } from './rateProperties';
import { trimmedKey } from './reading';
import { authenticated } from './request';
import { tidy } from './tidy';
import { toText } from './stringify';

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
			placeholder: 'e.g. 0123456789abcdef',
			description:
				'Create it in Wegly: gear icon > Integrações > Gerenciar chaves > Nova chave. Wegly shows it once. Give it the permissions that your workflows need.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.wegly.com.br',
			required: true,
			placeholder: 'e.g. https://api.wegly.com.br',
			description: 'Address of the Wegly API; change it only if Wegly gave you another one',
		},
		{
			displayName: 'Allowed Domain',
			name: 'allowedDomain',
			type: 'string',
			default: '',
			placeholder: 'e.g. www.example.com',
			description:
				'Domain that you entered when you created the key, if any. Simpler: create the key without a domain.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. the secret of the webhook in Wegly',
			description:
				'Secret of your webhooks for n8n in Wegly. Only the trigger uses it: it rejects deliveries without the secret.',
		},
		...rateProperties(0, 60, 'Wegly documents no limit at docs.wegly.com.br.'),
	];

	async authenticate(
		{ token, allowedDomain }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const domain = tidy(toText(allowedDomain ?? ''))
			.replace(/^https?:\/\//i, '')
			.replace(/\/+$/, '');
		const origin: Record<string, string> = domain === '' ? {} : { Origin: `https://${domain}` };
		return authenticated(request, { Authorization: `Bearer ${trimmedKey(token)}`, ...origin });
	}
}
