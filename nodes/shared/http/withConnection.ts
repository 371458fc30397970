import { presentableFailure } from '../base/truncate';
import { failureOfResponse, type Failure } from '../base/failure';
import { redactorFor, type Redactor } from '../base/redact';
import type { Api } from './api';
import { connect, type CallerContext, type Connection } from './connection';

/**
 * Runs work with a connection where there are no items: for drop-downs, triggers and credential tests.
 *
 * @param asError converts a failure without secrets to the error that is thrown
 * @param own secrets of the caller besides the credential's; the caller may add some while it works
 * @throws the error that `asError` returns
 */
export async function withConnection<Result>(
	context: CallerContext,
	vendor: Api,
	asError: (failure: Failure) => Error,
	work: (connection: Connection) => Promise<Result>,
	own: readonly string[] = [],
): Promise<Result> {
	let redact: Redactor = (value) => value;
	try {
		const connection = await connect(context, vendor);
		redact = (value) => redactorFor([...connection.secrets, ...own])(value);
		return await work({ ...connection, redact });
	} catch (error) {
		throw asError(presentableFailure(failureOfResponse(error, vendor.name), redact));
	}
}
