import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { valueAt, toText } from '../base/json';
import { apiError } from '../base/nodeErrors';
import { membersOf, type Input } from '../fields/check';
import { isBlank, locatorValue } from '../fields';
import { placesOf } from '../form/collections';
import { optionCheck } from '../form/controls';
import type { Vendor } from '../form/vendor';
import { withConnection } from '../http/withConnection';
import { withOptions, type Connection } from '../http/connection';
import { unknownEndpoint } from '../http/requestErrors';

/**
 * Asks the vendor on behalf of n8n's editor, for a drop-down or the fields of a mapper.
 *
 * @throws NodeApiError with the advice in its message, because the editor shows nothing else of an error
 */
export async function withEditorConnection<Result>(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
	const asError = ({ message, description, ...rest }: Failure) =>
		apiError(context.getNode(), { ...rest, message: [message, description].filter(Boolean).join('. ') });
	return await withConnection(
		context,
		vendor,
		asError,
		async (connection) => await work(withOptions(connection, optionsOf(context, vendor))),
	);
}

/**
 * Sends one request for the editor. A vendor that does not find it does not know the request, where no record stands in
 * its path.
 *
 * @param path as it is described, with `{parent}` where it names a record
 */
export async function withEndpointError(
	connection: Connection,
	path: string,
	work: () => Promise<unknown>,
): Promise<unknown> {
	return await work().catch((error: unknown) => {
		const failure = failureOf(error);
		throw failure.isMissing && failure.httpCode === 404 && !path.includes('{')
			? new FailureError(unknownEndpoint(connection, failure))
			: error;
	});
}

/** The options of the form as far as they stand there: the value of an expression is known when the workflow runs. */
function optionsOf(context: ILoadOptionsFunctions, vendor: Vendor): Input {
	const given = membersOf('Options', context.getCurrentNodeParameter('options'));
	const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !toText(value).startsWith('=')));
	return optionCheck(vendor, { zone: context.getTimezone(), formats: vendor.formats })(known);
}

/** What the user chose in a field that a list depends on; an expression has no value yet. */
export function parentOf(context: ILoadOptionsFunctions, dependsOn: readonly string[] = []): string | undefined {
	const parameters = context.getCurrentNodeParameters();
	const parents = placesOf(dependsOn).map((path) => locatorValue(valueAt(parameters, path)));
	const parent = parents.find((value) => !isBlank(value));
	return parent === undefined || toText(parent).startsWith('=') ? undefined : toText(parent);
}

/** A path with the parent in its place; nothing where the path wants one that is not chosen. */
export function pathWith(path: string, parent: string | undefined): string | undefined {
	if (!path.includes('{parent}')) return path;
	return parent === undefined ? undefined : path.replace('{parent}', encodeURIComponent(parent));
}
