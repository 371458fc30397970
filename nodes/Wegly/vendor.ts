import { firstText, toText } from '../shared/base/json';
import type { Vendor } from '../shared/form/vendor';
import { verdictByStatus, type ApiResponse, type Verdict } from '../shared/http/api';

const hints: Readonly<Record<number, string>> = {
	401: 'The token is missing, unknown or expired. In Wegly open Integrações > Gerenciar chaves, create a new key and paste it into the credential.',
	403:
		"The key lacks a permission, or its domain does not match 'Allowed Domain' of the credential. Create keys in Wegly " +
		'under Integrações > Gerenciar chaves.',
	404: 'There is no record with this ID in the company of the key.',
};

/** Wegly documents neither error statuses nor bodies. The status decides, and the node shows `message` if there is one. */
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
	// The documented samples are UTC with a Z. https://docs.wegly.com.br/api-reference/tarefas/criação-de-tarefa
	formats: { dateTime: 'iso', time: 'HH:mm' },
	readResponse,
};
