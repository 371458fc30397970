import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import type { EntityFields } from '../fields';
import type { Vendor } from '../form/vendor';
import { requestLine } from '../http/call';
import { requestsOn } from '../http/request';
import { askedOnce, askForEditor, parentOf, pathWith } from './editor';

type MapperMethod = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** The methods of a node that list the fields of its resource mappers, by name. */
export function mapperMethods(vendor: Vendor, entities: readonly EntityFields[]): Record<string, MapperMethod> {
	return Object.fromEntries(entities.map((entity) => [entity.name, mapperMethod(vendor, entity)]));
}

function mapperMethod(vendor: Vendor, entity: EntityFields): MapperMethod {
	return async function () {
		const parent = parentOf(this, entity.dependsOn);
		const answer = await answerFor(this, vendor, entity, parent);
		return { fields: entity.fields(answer, parent), ...(entity.none ? { emptyFieldsNotice: entity.none } : {}) };
	};
}

/** The vendor's answer, or nothing where the record that decides is not chosen yet. */
async function answerFor(context: ILoadOptionsFunctions, vendor: Vendor, entity: EntityFields, parent: string | undefined): Promise<unknown> {
	const { method, path } = requestLine(entity);
	const resolved = pathWith(path, parent);
	const query = entity.ask ? entity.ask(parent) : {};
	if (resolved === undefined || query === undefined) return undefined;
	const call = { method, path: resolved, effect: 'reads', query } as const;
	return await askForEditor(context, vendor, async (connection) => await askedOnce(connection, path, async () => await requestsOn(connection).ask(call)));
}
