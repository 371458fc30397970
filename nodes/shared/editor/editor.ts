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
 * Connects to the vendor for n8n's editor, to fill a drop-down or the fields of a mapper.
 *
 * @throws NodeApiError with the description in its message, because the editor shows only the message
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
 * Sends one request for the editor. If the path names no record, a 404 means that the endpoint does not exist.
 *
 * @param path the path of the descriptor, with `{parent}` if it names a record
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

/** Returns the options of the form without expressions, whose values are known only when the workflow runs. */
function optionsOf(context: ILoadOptionsFunctions, vendor: Vendor): Input {
	const given = membersOf('Options', context.getCurrentNodeParameter('options'));
	const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !toText(value).startsWith('=')));
	return optionCheck(vendor, { zone: context.getTimezone(), formats: vendor.formats })(known);
}

/** Returns the value of the field that a list depends on; undefined for an expression, which has no value yet. */
export function parentOf(context: ILoadOptionsFunctions, dependsOn: readonly string[] = []): string | undefined {
	const parameters = context.getCurrentNodeParameters();
	const parents = placesOf(dependsOn).map((path) => locatorValue(valueAt(parameters, path)));
	const parent = parents.find((value) => !isBlank(value));
	return parent === undefined || toText(parent).startsWith('=') ? undefined : toText(parent);
}

/** Inserts the parent into a path. Returns undefined if the path needs a parent and none is chosen. */
export function pathWith(path: string, parent: string | undefined): string | undefined {
	if (!path.includes('{parent}')) return path;
	return parent === undefined ? undefined : path.replace('{parent}', encodeURIComponent(parent));
}
