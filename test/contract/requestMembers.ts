import { Nested, OneOf, type Field, type Fields, type Wire } from '../../nodes/shared/fields';
import { placedFields, type Operation } from '../../nodes/shared/form/operation';
import { operationsOf, resolve, type Contract, type Schema } from '../sandbox/contract';

/** A member of a request, as the contract documents it. */
export interface DocumentedMember {
	/** Dotted path, `[]` standing for the members of a list. */
	path: string;
	required: boolean;
	schema: Schema;
	/** Deduced, not read on the vendor's page. */
	inferred: boolean;
}

/** A member of a request, as a descriptor writes it. */
export interface OfferedMember {
	path: string;
	/** Always there. */
	required: boolean;
	wire: Wire;
	label: string;
}

/** All members that an operation writes; constants included, choices that only the node reads left out. */
export function offeredMembers(operation: Operation): OfferedMember[] {
	const always = new Set(alwaysThere(operation.fields));
	return placedFields(operation.fields).flatMap(({ key, field, at }) => {
		const { write, wire, label, local } = field.spec;
		if (local) return [];
		const targets = write ? Object.entries(wire.properties ?? {}) : [[at, wire] as const];
		return targets.flatMap(([path, target]) => [{ path, required: path === at && always.has(key), wire: target, label }, ...listMembers(path, target, field)]);
	});
}

function listMembers(path: string, { items }: Wire, { spec }: Field): OfferedMember[] {
	return Object.entries(items?.properties ?? {}).map(([name, wire]) => ({ path: `${path}[].${name}`, required: false, wire, label: spec.label }));
}

/** Keys that every request has: required fields, constants, and what all variants of a one-of have in common. */
function alwaysThere(fields: Fields): string[] {
	return Object.entries(fields).flatMap(([key, entry]) => {
		if (entry instanceof Nested) return alwaysThere(entry.members);
		if (!(entry instanceof OneOf)) return (entry as Field).spec.required || (entry as Field).spec.hidden ? [key] : [];
		const [first, ...others] = Object.values(entry.variants).map((variant) => alwaysThere(variant.fields));
		return first.filter((name) => others.every((names) => names.includes(name)));
	});
}

/** All members of the request that the contract documents for an operation; paging and the account are not among them. */
export function documentedMembers(contract: Contract, operation: Operation): DocumentedMember[] {
	const found = operationsOf(contract).find((candidate) => candidate.operation.operationId === operation.contract)!;
	const parameters = [...found.shared, ...(found.operation.parameters ?? [])].map((parameter) => resolve(contract, parameter));
	const fromParameters = parameters
		.filter(({ in: place, name }) => place !== 'header' && !['page', 'per_page', 'account_id'].includes(String(name)))
		.map(({ name, required, schema }) => ({ path: String(name), required: required === true, schema: resolve(contract, schema as Schema), inferred: false }));
	const content = found.operation.requestBody?.content;
	const body = (content?.['application/json'] ?? content?.['multipart/form-data'])?.schema;
	const documented = [...fromParameters, ...(body ? membersOf(contract, branchFor(contract, body, operation)) : [])];
	return [...documented, ...byPattern(contract, documented, operation)];
}

/** Members that a pattern documents instead of a name, such as the predicates of a search: those of them that the operation writes. */
function byPattern(contract: Contract, documented: readonly DocumentedMember[], operation: Operation): DocumentedMember[] {
	return offeredMembers(operation).flatMap(({ path }) => {
		const [, parent, name] = /^(.+)\.([^.]+)$/.exec(path) ?? [];
		const holder = documented.find((member) => member.path === parent)?.schema;
		if (!holder || documented.some((member) => member.path === path)) return [];
		const parts = [holder, ...((holder.allOf as Schema[] | undefined) ?? []).map((part) => resolve(contract, part))];
		const open = parts.find(({ propertyNames }) => propertyNames && new RegExp((propertyNames as { pattern: string }).pattern).test(name));
		return open ? [{ path, required: false, schema: (open.additionalProperties ?? {}) as Schema, inferred: false }] : [];
	});
}

/** Where a body has several forms: the one whose constants are the operation's and that knows most of its members. */
function branchFor(contract: Contract, given: Schema, operation: Operation): Schema {
	const schema = resolve(contract, given);
	const branches = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
	if (!branches) return schema;
	const offered = new Map(offeredMembers(operation).map(({ path, wire }) => [path, wire]));
	const rate = (branch: Schema) => {
		const members = membersOf(contract, resolve(contract, branch));
		const contradicts = members.some(
			({ path, schema: member }) => member.const !== undefined && offered.get(path)?.const !== undefined && offered.get(path)?.const !== member.const,
		);
		return contradicts ? -1 : members.filter(({ path }) => offered.has(path)).length;
	};
	return [...branches].sort((a, b) => rate(b) - rate(a))[0];
}

function membersOf(contract: Contract, given: Schema, prefix = '', inherited = false): DocumentedMember[] {
	const schema = resolve(contract, given);
	const required = (schema.required as string[] | undefined) ?? [];
	const own = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {}).flatMap(([name, unresolved]) => {
		const member = resolve(contract, unresolved);
		const inferred = inherited || member['x-confidence'] === 'inferred' || String(member.description ?? '').includes('x-confidence inferred');
		const path = prefix + name;
		const below = member.properties || member.allOf ? membersOf(contract, member, `${path}.`, inferred) : [];
		const items = member.items ? resolve(contract, member.items as Schema) : undefined;
		const inList = items?.properties ? membersOf(contract, items, `${path}[].`, inferred) : [];
		return [{ path, required: required.includes(name), schema: member, inferred }, ...below, ...inList];
	});
	const composed = ((schema.allOf as Schema[] | undefined) ?? []).flatMap((part) => membersOf(contract, part, prefix, inherited));
	return merge([...own, ...composed]);
}

/** A member that several parts of a composition speak of: what they say together. */
function merge(members: DocumentedMember[]): DocumentedMember[] {
	const byPath = new Map<string, DocumentedMember>();
	for (const member of members) {
		const known = byPath.get(member.path);
		byPath.set(member.path, known ? { ...known, required: known.required || member.required, schema: { ...known.schema, ...member.schema } } : member);
	}
	return [...byPath.values()];
}
