import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject, valueAt, toText } from '../base/json';
import { pairsOf } from '../fields';
import type { Input } from '../fields/check';
import { pairedPaths, type Operation, type PlacedField } from '../form/operation';
import { requestLine, type ApiRequest } from '../http/apiRequest';
import type { Files } from '../http/multipart';

/**
 * Builds a request from the checked input. A field that the path names goes into the path. Other fields go into the query for
 * GET and DELETE, else into the body, unless the field says otherwise. Files are kept apart from the body until they are sent.
 *
 * @throws FailureError if an update would change nothing
 */
export function buildRequest(
	operation: Operation,
	input: Input,
	fields: readonly PlacedField[],
	item: number,
): ApiRequest {
	const { method, path } = requestLine(operation);
	const inQuery = method === 'GET' || method === 'DELETE';
	const query: IDataObject = {};
	const members: IDataObject = {};
	let whole: object | undefined;
	let resolved = path;
	let files: Files | undefined;
	for (const { key, field, at, prefix } of fields) {
		const value = input[key];
		if (value === undefined || field.spec.local) continue;
		if (path.includes(`{${key}}`)) {
			resolved = resolved.replace(`{${key}}`, encodeURIComponent(toText(value)));
			continue;
		}
		if (field.spec.binary) {
			files = { part: at, properties: value as string[], item };
			continue;
		}
		if (field.spec.whole) {
			whole = value as object;
			continue;
		}
		const target = (field.spec.place ? field.spec.place === 'query' : inQuery) ? query : members;
		if (!field.spec.write) {
			put(target, at, value);
			continue;
		}
		const holder = holderOf(target, prefix);
		for (const [member, written] of field.spec.write(value)) {
			const hasItsOwn =
				prefix + member !== at &&
				fields.some((other) => other.at === prefix + member && input[other.key] !== undefined);
			if (!hasItsOwn) holder[member] = written as IDataObject[string];
		}
	}
	refuseEmptyUpdate(operation, input, fields, item);
	return {
		method,
		path: resolved,
		query,
		...bodyOf(operation, members, whole),
		files,
		effect: operation.effect,
		bulk: operation.bulk,
	};
}

/** Returns the body. A list replaces the whole body. */
function bodyOf(
	operation: Operation,
	members: IDataObject,
	whole: object | undefined,
): Pick<ApiRequest, 'body' | 'shape'> {
	if (Array.isArray(whole)) return { shape: () => whole };
	const body = whole ? (whole as IDataObject) : members;
	return { body: whole || Object.keys(body).length > 0 ? body : undefined, shape: shapeOf(operation) };
}

function put(target: IDataObject, path: string, value: unknown): void {
	const end = path.lastIndexOf('.') + 1;
	holderOf(target, path.slice(0, end))[path.slice(end)] = value as IDataObject[string];
}

/**
 * Returns the object at the end of a path such as `a.b.`, and creates missing objects. `name[]` stands for a list of one
 * object.
 */
function holderOf(target: IDataObject, prefix: string): IDataObject {
	if (prefix === '') return target;
	const keys = prefix.split('.').slice(0, -1);
	return keys.reduce<IDataObject>((part, key) => {
		if (!key.endsWith('[]')) return (part[key] ??= {}) as IDataObject;
		return ((part[key.slice(0, -2)] ??= [{}]) as IDataObject[])[0];
	}, target);
}

/** The `shape` of each operation, which is the same for all items. */
const shapes = new WeakMap<Operation, { shape: ApiRequest['shape'] }>();

function shapeOf(operation: Operation): ApiRequest['shape'] {
	const known = shapes.get(operation) ?? { shape: newShapeOf(operation) };
	shapes.set(operation, known);
	return known.shape;
}

/** Returns a function that replaces objects by lists of pairs where the API expects pairs. */
function newShapeOf({ fields, pairs }: Operation): ApiRequest['shape'] {
	const nested = pairedPaths(fields);
	if (nested.length === 0 && !pairs) return undefined;
	return (original) => {
		let body = original;
		for (const [path, inside] of nested) {
			const members = valueAt(body, path);
			if (isObject(members)) body = withPart(body, path.split('.'), pairsOf(members, inside));
		}
		return pairs ? pairsOf(body, pairs) : body;
	};
}

/** Returns a copy of an object with another value at a path. The copy shares all other values. */
function withPart(whole: IDataObject, [key, ...rest]: string[], part: unknown): IDataObject {
	return { ...whole, [key]: rest.length === 0 ? part : withPart(whole[key] as IDataObject, rest, part) } as IDataObject;
}

/** Refuses an update without a change, because it would look like success. Fields that only identify the record don't count. */
function refuseEmptyUpdate({ updates }: Operation, input: Input, fields: readonly PlacedField[], item: number): void {
	const isChange = ({ key, field: { spec } }: PlacedField) =>
		input[key] !== undefined && !spec.required && !spec.hidden && !spec.local && !spec.aside && spec.place !== 'query';
	if (!updates || fields.some(isChange)) return;
	throw new FailureError({
		message: `There is nothing to update [item ${item}]`,
		description: "Nothing was sent for this item. Add a field under 'Update Fields'.",
		input: true,
	});
}
