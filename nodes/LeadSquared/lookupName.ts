import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { isObject, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { formatValue } from '../shared/base/formatValue';
import type { Correction } from '../shared/form/operation';
import type { SendRequest } from '../shared/http/apiRequest';

/** Statuses of LeadSquared when the user of the keys may not read the fields. */
const FORBIDDEN = new Set([401, 403, 404]);

/**
 * Corrects the letter case of the field name in a search that found nothing. LeadSquared's `LookupName` is
 * case-sensitive: another spelling finds nothing and causes no error.
 *
 * @param label label of the form field that holds the name
 * @returns the correction, which repeats the search with the account's own spelling. It throws a FailureError if the
 * account does not have the field.
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

/**
 * Returns the schema names of the lead fields. Returns nothing if the user may not read them, as the search was
 * allowed.
 */
async function fieldNames(send: SendRequest): Promise<string[] | undefined> {
	const request = send({
		method: 'GET',
		path: '/LeadManagement.svc/LeadsMetaData.Get',
		query: { excludeOptionSets: '1' },
		effect: 'reads',
	});
	const response = await request.catch(nothingIfForbidden);
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
			'The search found nothing. Choose the field from the list, or copy its name from Lead Field > Get Many.',
	});
}
