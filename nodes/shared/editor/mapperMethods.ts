import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import type { EntityFields, MappedField } from '../fields';
import type { Vendor } from '../form/vendor';
import { requestLine } from '../http/apiRequest';
import { requestsThrough } from '../http/request';
import { withEndpointError, withEditorConnection, parentOf, pathWith } from './editor';

type MapperMethod = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** Returns the methods of a node that list the fields of its resource mappers, by name. */
export function mapperMethods(vendor: Vendor, entities: readonly EntityFields[]): Record<string, MapperMethod> {
	return Object.fromEntries(entities.map((entity) => [entity.name, mapperMethod(vendor, entity)]));
}

function mapperMethod(vendor: Vendor, entity: EntityFields): MapperMethod {
	return async function () {
		const fields = await fieldsFor(this, vendor, entity, parentOf(this, entity.dependsOn));
		return { fields, ...(entity.none ? { emptyFieldsNotice: entity.none } : {}) };
	};
}

/** Returns the fields from the vendor's response. If the record that decides is not chosen yet, no request is sent. */
async function fieldsFor(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	entity: EntityFields,
	parent: string | undefined,
): Promise<MappedField[]> {
	const { method, path } = requestLine(entity);
	const resolved = pathWith(path, parent);
	const query = entity.ask ? entity.ask(parent) : {};
	if (resolved === undefined || query === undefined) return entity.fields(undefined, parent);
	const request = { method, path: resolved, effect: 'reads', query } as const;
	return await withEditorConnection(context, vendor, async (connection) => {
		const response = await withEndpointError(
			connection,
			path,
			async () => await requestsThrough(connection).send(request),
		);
		return entity.fields(response, parent);
	});
}
