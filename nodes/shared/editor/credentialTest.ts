import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { failureOf, type Failure } from '../base/failure';
import { valueAt } from '../base/json';
import type { Api } from '../http/api';
import { connect, withOptions, type CallerContext, type Connection } from '../http/connection';
import { attempt } from '../http/transport';
import { wrongApiFailure, unknownEndpoint } from '../http/requestErrors';

/** The read-only request that tests a credential. */
export interface CredentialCheck {
	/** The credential, which authenticates. */
	credential: ICredentialType;
	/** Path of the request, with its query. */
	path: string;
	/** Property that only a response of the API has. */
	member: string;
	/** Returns a problem of the credential that a successful response shows. @param host the host of the request */
	problem?: (body: unknown, host: string) => string | undefined;
	/** Messages by status, for a status that means something else than in a run. */
	words?: Readonly<Record<number, string>>;
}

/** Name of the test among the methods of a node, and in `testedBy` of its credential. */
const CREDENTIAL_TEST = 'credentialTest';

/**
 * Returns the test of a credential. It uses the same code as all requests, so it passes if the node would, with the same messages.
 *
 * Without a connection, a test in the credential's own description would show only the error code of the system
 * (`runRequestTest` in credentials-tester.service of the package n8n).
 */
export function credentialTestMethods(
	vendor: Api,
	check: CredentialCheck,
): Record<typeof CREDENTIAL_TEST, ICredentialTestFunction> {
	return {
		async [CREDENTIAL_TEST](this: ICredentialTestFunctions, credential: ICredentialsDecrypted) {
			try {
				const connection = withOptions(await connect(contextOf(this, credential, vendor, check), vendor), {});
				const failure = await failureIn(connection, check);
				return failure === undefined
					? { status: 'OK' as const, message: 'Connection successful!' }
					: refused(failure, check);
			} catch (error) {
				return refused(failureOf(error), check);
			}
		},
	};
}

async function failureIn(
	connection: Connection,
	{ path, member, problem }: CredentialCheck,
): Promise<Failure | undefined> {
	const result = await attempt(connection, { method: 'GET', effect: 'reads', path, query: {} }, undefined);
	if ('failure' in result)
		return result.failure.isMissing ? unknownEndpoint(connection, result.failure) : result.failure;
	const { body } = result.response;
	if (valueAt(body, member) === undefined) return wrongApiFailure(connection);
	const message = problem?.(body, connection.host);
	return message === undefined ? undefined : { message };
}

function refused({ message, description, httpCode }: Failure, { words }: CredentialCheck) {
	const known = httpCode === undefined ? undefined : words?.[httpCode];
	return { status: 'Error' as const, message: known ?? [message, description].filter(Boolean).join('. ') };
}

/** Returns the context of a test as the context of a run. n8n provides only one helper, which uses older names of options. */
function contextOf(
	{ helpers }: ICredentialTestFunctions,
	{ id, name, data = {} }: ICredentialsDecrypted,
	{ credential }: Api,
	{ credential: type }: CredentialCheck,
): CallerContext {
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) =>
		(await helpers.request(asOlderRequest(await authenticated(type, data, options)))) as unknown;
	return {
		getCredentials: async () => data,
		getNode: () => ({ credentials: { [credential]: { id, name } } }),
		helpers: { httpRequestWithAuthentication },
	} as unknown as CallerContext;
}

async function authenticated(
	{ authenticate }: ICredentialType,
	data: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	return typeof authenticate === 'function' ? await authenticate(data, options) : options;
}

/** Converts a request to the options of n8n's older helper (`buildAxiosConfigFromLegacyRequest` in @n8n/backend-network). */
function asOlderRequest({
	method,
	url,
	headers,
	timeout,
	skipSslCertificateValidation,
	allowedDomains,
}: IHttpRequestOptions): object {
	return {
		method,
		uri: url,
		headers,
		timeout,
		allowedDomains,
		useStream: true,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
		...(skipSslCertificateValidation ? { rejectUnauthorized: false } : {}),
	};
}
