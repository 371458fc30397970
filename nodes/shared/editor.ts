import type { IDataObject, ILoadOptionsFunctions, INodeParameters, ResourceMapperFields } from 'n8n-workflow';
import { connect, type Connection } from './connection';
import { failureOf } from './failure';
import type { MapperMethod } from './fields';
import { apiError } from './report';
import { askerFor, type Ask } from './request';
import type { Vendor } from './vendor';

/**
 * Asks the vendor on behalf of n8n's editor, for a drop-down or the fields of a mapper.
 *
 * @throws NodeApiError with the advice in its message, because the editor shows nothing else of an error
 */
export async function askForEditor<Result>(context: ILoadOptionsFunctions, vendor: Vendor, work: (connection: Connection) => Promise<Result>): Promise<Result> {
	try {
		return await work(await connect(context, vendor, (context.getCurrentNodeParameter('options') as IDataObject | undefined) ?? {}));
	} catch (error) {
		const { headline, advice, ...rest } = failureOf(error);
		throw apiError(context.getNode(), { ...rest, headline: [headline, advice].filter(Boolean).join('. ') });
	}
}

/** A node's method for the resource mapper; `fieldsFrom` gets what the form holds at the moment. */
export function mapperMethod(vendor: Vendor, fieldsFrom: (ask: Ask, parameters: INodeParameters) => Promise<ResourceMapperFields>): MapperMethod {
	return async function () {
		return await askForEditor(this, vendor, async (connection) => await fieldsFrom(askerFor(connection), this.getCurrentNodeParameters() ?? {}));
	};
}
