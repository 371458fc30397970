import { presentableFailure } from '../base/truncate';
import { failureOfResponse, type Failure } from '../base/failure';
import { redactorFor, type Redactor } from '../base/redact';
import type { Api } from './api';
import { connect, type CallerContext, type Connection } from './connection';

/**
 * Asks a vendor outside of an execution.
 *
 * @param asError makes the error of a failure that may be shown, whatever went wrong
 * @param own secrets that the caller has besides those of the credential; it may add to them while it works
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
