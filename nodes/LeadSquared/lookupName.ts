import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { isObject, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { formatValue } from '../shared/base/formatValue';
import type { Correction } from '../shared/form/operation';
import type { SendRequest } from '../shared/http/apiRequest';

/** Statuses with which LeadSquared refuses a key that may not read the fields. */
const FORBIDDEN = new Set([401, 403, 404]);

/**
 * Compares the field that a search names with the fields of the account. LeadSquared compares `LookupName` by letter case:
 * another spelling finds nothing, without an error.
 *
 * @param label of the form's field that names it
 * @returns what searches again with the account's own spelling; it throws a FailureError for a field that the account lacks
 */
export const spelledAsInAccount =
	(label: string) =>
	async (send: SendRequest): Promise<Correction> => {
		const names = await fieldNames(send);
		return (request) => {
			const { Parameter } = request.body ?? {};
			const given = isObject(Parameter) ? toText(Parameter.LookupName) : '';
			if (!names || names.includes(given)) return undefined;
			const LookupName = names.find((name) => name.toLowerCase() === given.toLowerCase());
			if (LookupName === undefined) throw unknownField(label, given);
			return { ...request, body: { ...request.body, Parameter: { ...(Parameter as IDataObject), LookupName } } };
		};
	};

/** Schema names of the account's lead fields; nothing where the key may not read them, because the search itself was allowed. */
async function fieldNames(send: SendRequest): Promise<string[] | undefined> {
	const asked = send({
		method: 'GET',
		path: '/LeadManagement.svc/LeadsMetaData.Get',
		query: { excludeOptionSets: '1' },
		effect: 'reads',
	});
	const response = await asked.catch(nothingIfForbidden);
	return response === undefined ? undefined : listAt(response).map(({ SchemaName }) => toText(SchemaName));
}

function nothingIfForbidden(error: unknown): undefined {
	if (error instanceof FailureError && FORBIDDEN.has(error.failure.httpCode ?? 0)) return undefined;
	throw error;
}

function unknownField(label: string, given: string): FailureError {
	return new FailureError({
		message: `'${label}' must be the schema name of a lead field in this account, but is ${formatValue(given)}`,
		description:
			'Choose the field from the list, or copy its name from Lead Field > Get Many. The search found nothing.',
	});
}
