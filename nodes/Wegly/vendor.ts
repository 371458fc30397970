import { firstText, toText } from '../shared/base/json';
import type { Vendor } from '../shared/form/vendor';
import { verdictByStatus, type ApiResponse, type Verdict } from '../shared/http/api';

const hints: Readonly<Record<number, string>> = {
	401: 'The token is missing, unknown or expired. In Wegly open Integrações > Gerenciar chaves, make a new key and put it into the credential.',
	403:
		"The key lacks a permission, or carries a domain that 'Allowed Domain' of the credential does not match. Keys are made " +
		'in Wegly under Integrações > Gerenciar chaves.',
	404: 'There is no record with this ID in the company of the key.',
};

/** Neither error statuses nor bodies are documented: the status decides, and `message` is shown when there is one. */
function readResponse({ status, body }: ApiResponse): Verdict {
	if (status < 300) return { kind: 'success' };
	const message = firstText(body, ['message', 'error']) ?? `status ${status}`;
	return verdictByStatus(status, message, hints);
}

export const wegly: Vendor = {
	name: 'Wegly',
	credential: 'weglyApi',
	secrets: ['token'],
	apiPath: '/integrations/external',
	baseUrl: ({ baseUrl }) => toText(baseUrl ?? ''),
	// Samples are UTC with a Z. https://docs.wegly.com.br/api-reference/tarefas/criação-de-tarefa
	formats: { dateTime: 'iso', time: 'HH:mm' },
	readResponse,
};
