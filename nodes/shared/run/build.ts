import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import type { Input } from '../fields/check';
import type { Operation, PlacedField } from '../form/operation';
import { requestLine, type Call } from '../http/call';
import type { Files } from '../http/multipart';

/**
 * Puts a checked input into a request: into the path where the path names the field, into the query for GET and
 * DELETE, else into the body; a field's own place comes first. Files stay beside the body until they are sent.
 *
 * @throws FailureError when an update would change nothing
 */
export function buildCall(operation: Operation, input: Input, fields: readonly PlacedField[], item: number): Call {
	const { method, path } = requestLine(operation);
	const inQuery = method === 'GET' || method === 'DELETE';
	const query: IDataObject = {};
	const body: IDataObject = {};
	let resolved = path;
	let files: Files | undefined;
	for (const { key, field, at } of fields) {
		const value = input[key];
		if (value === undefined || field.spec.local) continue;
		if (path.includes(`{${key}}`)) {
			resolved = resolved.replace(`{${key}}`, encodeURIComponent(String(value)));
			continue;
		}
		if (field.spec.binary) {
			files = { part: at, properties: value as string[], item };
			continue;
		}
		const target = (field.spec.place ? field.spec.place === 'query' : inQuery) ? query : body;
		for (const [member, written] of field.spec.write?.(value) ?? [[at, value] as const]) {
			const hasItsOwn = member !== at && fields.some((other) => other.at === member && input[other.key] !== undefined);
			if (!hasItsOwn) put(target, member, written);
		}
	}
	refuseEmptyUpdate(operation, body, item);
	return {
		method,
		path: resolved,
		query,
		body: Object.keys(body).length > 0 ? body : undefined,
		files,
		effect: operation.effect,
		bulk: operation.bulk,
	};
}

function put(target: IDataObject, path: string, value: unknown): void {
	const keys = path.split('.');
	const last = keys.pop()!;
	const holder = keys.reduce<IDataObject>((part, key) => (part[key] ??= {}) as IDataObject, target);
	holder[last] = value as IDataObject[string];
}

/** An update without a change looks like success. */
function refuseEmptyUpdate({ updates }: Operation, body: IDataObject, item: number): void {
	if (!updates || Object.keys(body).length > 0) return;
	throw new FailureError({
		headline: `There is nothing to update [item ${item}]`,
		advice: "Nothing was sent for this item. Add a field under 'Update Fields'.",
		input: true,
	});
}

/** What requests on the same record share: the ids in the path, and fields marked as ordered. */
export function recordKey(operation: Operation, input: Input, fields: readonly PlacedField[]): string | undefined {
	if (operation.oneAtATime) return 'one at a time';
	const { path } = requestLine(operation);
	const ids = fields.filter(({ key, field }) => path.includes(`{${key}}`) || field.spec.ordered).filter(({ key }) => input[key] !== undefined);
	return ids.length > 0 ? JSON.stringify(ids.map(({ key }) => [key, input[key]])) : undefined;
}
