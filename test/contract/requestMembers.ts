import { Nested, OneOf, type Field, type Fields, type Pairs, type Wire } from '../../nodes/shared/fields';
import { choicesOf, pairedPaths, placedFields, type Operation } from '../../nodes/shared/form/operation';
import { contractOf, documentedOperation, resolve, type Contract, type Schema } from '../sandbox/contract';
import type { DocumentedPlace } from '../support/vendors';

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
	/** Stands for members that only the account knows: those beside it, or the pairs of its list. */
	open?: boolean;
}

/** All members that an operation writes; constants included, choices that only the node reads left out. */
export function offeredMembers(operation: Operation): OfferedMember[] {
	const always = new Set(alwaysThere(operation.fields));
	return placedFields(operation.fields).flatMap(({ key, field, at, prefix }) => {
		const { write, wire, label, local } = field.spec;
		if (local) return [];
		if (isSpread(field)) return [{ path: prefix, required: false, wire, label, open: true }];
		const targets = write
			? Object.entries(wire.properties ?? {}).map(([member, target]) => [prefix + member, target] as const)
			: [[at, wire] as const];
		return targets.flatMap(([path, target]) => [
			{
				path,
				required: always.has(key) && (path === at || isAlwaysWritten(field, path)),
				wire: target,
				label,
				open: isListOfPairs(target),
			},
			...listMembers(path, target, label),
		]);
	});
}

/** A mapper whose values stand beside the other members. */
const isSpread = ({ spec: { write, wire } }: Field) =>
	write !== undefined && Object.keys(wire.properties ?? {}).length === 0;

const isListOfPairs = ({ items }: Wire) =>
	items?.properties !== undefined && 'Value' in items.properties && items.properties.Value.type === undefined;

/** Whether a member of the contract is written by one that stands for what only the account knows. */
export function isCoveredByOpen(offered: readonly OfferedMember[], path: string): boolean {
	return offered.some(
		({ open, path: holder, wire }) => open && path.startsWith(wire.type === 'array' ? `${holder}[].` : holder),
	);
}

const isAlwaysWritten = ({ spec }: Field, path: string) =>
	spec.wire.required?.includes(path.slice(path.lastIndexOf('.') + 1)) ?? false;

/** The members of the objects in a list, and of the lists in them. */
function listMembers(holder: string, { items }: Wire, label: string): OfferedMember[] {
	return Object.entries(items?.properties ?? {}).flatMap(([name, wire]) => {
		const path = `${holder}[].${name}`;
		return [{ path, required: false, wire, label }, ...listMembers(path, wire, label)];
	});
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

/** Objects of the request in which every variant of a one-of has a member that is always there, although not the same one. */
export function objectsOfEachVariant({ fields }: Operation): string[] {
	return choicesOf(fields).flatMap(([, { variants }]) => {
		const [first, ...others] = Object.values(variants).map((variant) =>
			Object.entries(variant.fields).flatMap(([name, entry]) =>
				entry instanceof Nested && alwaysThere(entry.members).length > 0 ? [name] : [],
			),
		);
		return first.filter((name) => others.every((names) => names.includes(name)));
	});
}

/** All members of the request that the contract documents for an operation; paging and the account are not among them. */
export function documentedMembers({ title, parts, operation }: DocumentedPlace): DocumentedMember[] {
	const contract = contractOf(parts.name);
	const found = documentedOperation(parts.name, operation.contract, title);
	const parameters = [...found.shared, ...(found.operation.parameters ?? [])].map((parameter) =>
		resolve(contract, parameter),
	);
	const paging = ['page', 'per_page', ...pathsIn(operation.many?.parameters(2, 7) ?? {})];
	const fromParameters = parameters
		.filter(({ in: place, name }) => place !== 'header' && name !== 'account_id' && !paging.includes(String(name)))
		.map(({ name, required, schema }) => ({
			path: String(name),
			required: required === true,
			schema: resolve(contract, schema as Schema),
			inferred: false,
		}));
	const content = found.operation.requestBody?.content;
	const body = (content?.['application/json'] ?? content?.['multipart/form-data'])?.schema;
	const fromBody = body
		? bodyMembers(contract, body, operation).filter(
				({ path }) => !paging.some((name) => path === name || path.startsWith(`${name}.`)),
			)
		: [];
	const documented = withPairs(contract, operation, [...fromParameters, ...fromBody]);
	return [...documented, ...byPattern(contract, documented, operation)];
}

/** Dotted paths of all members of an object, the objects among them too. */
function pathsIn(value: object, prefix = ''): string[] {
	return Object.entries(value).flatMap(([key, member]: [string, unknown]) => [
		prefix + key,
		...(typeof member === 'object' && member !== null ? pathsIn(member, `${prefix}${key}.`) : []),
	]);
}

/** Names that are no fields of the record, and say how a lead is matched. */
const PSEUDO_NAMES = ['SearchBy'];

/** The names that the pairs of a body may have, which the schema of the record knows, in place of the members of a pair. */
function withPairs(
	contract: Contract,
	{ fields, pairs }: Operation,
	documented: DocumentedMember[],
): DocumentedMember[] {
	const paired: Array<[path: string, pairs: Pairs]> = [
		...pairedPaths(fields),
		...(pairs ? ([['', pairs]] as Array<[string, Pairs]>) : []),
	];
	return paired.reduce((members, [path, { of }]) => {
		const { properties } = contract.components.schemas[of] as { properties: Record<string, Schema> };
		const named = [...Object.keys(properties), ...PSEUDO_NAMES].map((name) => ({
			path: path === '' ? name : `${path}.${name}`,
			required: false,
			schema: { type: ['string', 'number', 'integer', 'boolean', 'null'] },
			inferred: true,
		}));
		return [...members.filter((member) => path === '' || !member.path.startsWith(`${path}[].`)), ...named];
	}, documented);
}

/** Members that a pattern documents instead of a name, such as the predicates of a search: those of them that the operation writes. */
function byPattern(
	contract: Contract,
	documented: readonly DocumentedMember[],
	operation: Operation,
): DocumentedMember[] {
	return offeredMembers(operation).flatMap(({ path }) => {
		const [, parent, name] = /^(.+)\.([^.]+)$/.exec(path) ?? [];
		const holder = documented.find((member) => member.path === parent)?.schema;
		if (!holder || documented.some((member) => member.path === path)) return [];
		const parts = [holder, ...((holder.allOf as Schema[] | undefined) ?? []).map((part) => resolve(contract, part))];
		const open = parts.find(
			({ propertyNames }) => propertyNames && new RegExp((propertyNames as { pattern: string }).pattern).test(name),
		);
		return open
			? [{ path, required: false, schema: (open.additionalProperties ?? {}) as Schema, inferred: false }]
			: [];
	});
}

/** What the forms of a body document that the ways of the operation's choices write; required is what all of them require. */
function bodyMembers(contract: Contract, body: Schema, operation: Operation): DocumentedMember[] {
	const forms = [...new Set(waysOf(operation).map((way) => branchFor(contract, body, way)))].map((branch) =>
		membersOf(contract, branch),
	);
	const isRequired = (path: string) =>
		forms.every((members) => members.some((member) => member.path === path && member.required));
	return merge(forms.flat()).map((member) => ({ ...member, required: isRequired(member.path) }));
}

/** The operation with one variant of a choice alone, for each variant of each choice. */
function waysOf(operation: Operation): Operation[] {
	const ways = choicesOf(operation.fields).flatMap(([name, { label, variants }]) =>
		Object.entries(variants).map(([value, variant]) => ({
			...operation,
			fields: { ...operation.fields, [name]: new OneOf(label, { [value]: variant }) },
		})),
	);
	return ways.length > 0 ? ways : [operation];
}

/** Where a body has several forms: the one whose constants are the operation's and that knows most of its members. */
function branchFor(contract: Contract, given: Schema, operation: Operation): Schema {
	const schema = resolve(contract, given);
	const branches = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
	// Beside members, branches say only which of them there have to be.
	if (!branches || schema.properties) return schema;
	const offered = new Map(offeredMembers(operation).map(({ path, wire }) => [path, wire]));
	const rate = (branch: Schema) => {
		const members = membersOf(contract, resolve(contract, branch));
		const contradicts = members.some(
			({ path, schema: member }) =>
				member.const !== undefined &&
				offered.get(path)?.const !== undefined &&
				offered.get(path)?.const !== member.const,
		);
		return contradicts ? -1 : members.filter(({ path }) => offered.has(path)).length;
	};
	return [...branches].sort((a, b) => rate(b) - rate(a))[0];
}

function membersOf(contract: Contract, given: Schema, prefix = '', inherited = false): DocumentedMember[] {
	const schema = resolve(contract, given);
	const required = (schema.required as string[] | undefined) ?? [];
	const own = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {}).flatMap(
		([name, unresolved]) => {
			const member = resolve(contract, unresolved);
			const inferred =
				inherited ||
				member['x-confidence'] === 'inferred' ||
				String(member.description ?? '').includes('x-confidence inferred');
			const path = prefix + name;
			const below = member.properties || member.allOf ? membersOf(contract, member, `${path}.`, inferred) : [];
			const items = member.items ? resolve(contract, member.items as Schema) : undefined;
			const inList = items?.properties ? membersOf(contract, items, `${path}[].`, inferred) : [];
			return [{ path, required: required.includes(name), schema: member, inferred }, ...below, ...inList];
		},
	);
	const composed = ((schema.allOf as Schema[] | undefined) ?? []).flatMap((part) =>
		membersOf(contract, part, prefix, inherited),
	);
	return merge([...own, ...composed]);
}

/** A member that several parts of a composition speak of: what they say together. */
function merge(members: DocumentedMember[]): DocumentedMember[] {
	const byPath = new Map<string, DocumentedMember>();
	for (const member of members) {
		const known = byPath.get(member.path);
		byPath.set(
			member.path,
			known
				? { ...known, required: known.required || member.required, schema: { ...known.schema, ...member.schema } }
				: member,
		);
	}
	return [...byPath.values()];
}
