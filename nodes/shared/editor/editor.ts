import type { ILoadOptionsFunctions, INodeParameters, ResourceMapperFields } from 'n8n-workflow';
import { shownFailure } from '../base/brief';
import { failureOfAnswer } from '../base/failure';
import type { Redactor } from '../base/redact';
import { apiError } from '../base/report';
import { membersOf, type Input } from '../fields/check';
import type { MapperMethod } from '../fields';
import { optionCheck } from '../form/controls';
import type { Vendor } from '../form/vendor';
import type { Ask } from '../http/call';
import { connect, withOptions, type Connection } from '../http/connection';
import { requestsOn } from '../http/request';

/**
 * Asks the vendor on behalf of n8n's editor, for a drop-down or the fields of a mapper.
 *
 * @throws NodeApiError with the advice in its message, because the editor shows nothing else of an error
 */
export async function askForEditor<Result>(context: ILoadOptionsFunctions, vendor: Vendor, work: (connection: Connection) => Promise<Result>): Promise<Result> {
	let redact: Redactor = (value) => value;
	try {
		const connection = await connect(context, vendor);
		redact = connection.redact;
		return await work(withOptions(connection, optionsOf(context, vendor)));
	} catch (error) {
		const { headline, advice, ...rest } = shownFailure(failureOfAnswer(error, vendor.name), redact);
		throw apiError(context.getNode(), { ...rest, headline: [headline, advice].filter(Boolean).join('. ') });
	}
}

/** The options of the form as far as they stand there: the value of an expression is known when the workflow runs. */
function optionsOf(context: ILoadOptionsFunctions, vendor: Vendor): Input {
	const given = membersOf('Options', context.getCurrentNodeParameter('options'));
	const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !String(value).startsWith('=')));
	return optionCheck(vendor, { zone: context.getTimezone(), formats: vendor.formats })(known);
}

/** A node's method for the resource mapper; `fieldsFrom` gets what the form holds at the moment. */
export function mapperMethod(vendor: Vendor, fieldsFrom: (ask: Ask, parameters: INodeParameters) => Promise<ResourceMapperFields>): MapperMethod {
	return async function () {
		return await askForEditor(this, vendor, async (connection) => await fieldsFrom(requestsOn(connection).ask, this.getCurrentNodeParameters() ?? {}));
	};
}
