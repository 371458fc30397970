import { queued, deleted, listed, onlyOne, placedFields, type Operation } from '../../nodes/shared/form/operation';
import {
	contractOf,
	documentedOperation,
	resolve,
	type Contract,
	type ContractOperation,
	type Schema,
} from '../sandbox/contract';
import type { TriggerParts } from '../support/triggers';
import type { DocumentedPlace } from '../support/vendors';

/** Depth at which a preview stops; deeper objects are shown as objects. */
const DEEPEST = 3;

/**
 * What an operation puts out, as n8n's editor shows it before the first run: from the contract's answer, taken out of
 * its envelope and simplified as a fresh node does it.
 *
 * @throws Error where the contract's answer lacks what the descriptor takes out of it
 */
export function outputSchema({ title, parts, operation }: DocumentedPlace): Schema {
	const told = operation.output === deleted ? 'deleted' : operation.output === queued ? 'accepted' : undefined;
	if (told) return preview({ type: 'object', properties: { [told]: { type: 'boolean' } } });
	const contract = contractOf(parts.name);
	const { schema } = operation;
	const answer = schema
		? contract.components.schemas[schema]
		: successOf(contract, documentedOperation(parts.name, operation.contract, title).operation);
	const asked = `${title}: the answer of '${operation.contract}' in test/vendors/${parts.name}/contract.yaml`;
	if (!answer)
		throw new Error(
			schema
				? `${title}: test/vendors/${parts.name}/contract.yaml has no schema '${schema}'`
				: `${asked} has no status 2xx with a schema`,
		);
	const isList = operation.many !== undefined || operation.output === listed || operation.output === onlyOne;
	const enveloped = schema
		? answer
		: isList
			? listItems(contract, answer)
			: typeof operation.output === 'string'
				? memberSchema(contract, answer, operation.output)
				: answer;
	if (!enveloped) {
		const wanted = isList ? 'list' : `member '${String(operation.output)}'`;
		throw new Error(`${asked} has no ${wanted}; its members are ${Object.keys(answer.properties ?? {}).join(', ')}`);
	}
	const record = plain(contract, enveloped, 0);
	if (!record.properties)
		throw new Error(
			`${asked} is of type ${String(record.type)}, and not the record that an operation puts out; 'output' names a member, 'many' a list`,
		);
	const shown = Object.keys(record.properties).filter((name) => !operation.withheld?.includes(name));
	const kept = operation.simple
		? operation.simple.filter((name) => shown.includes(name))
		: [...shown, ...Object.keys(operation.completedBy ?? {})];
	const members: Record<string, Schema> = {
		...(record.properties as Record<string, Schema>),
		...completions(operation),
	};
	return preview({ type: 'object', properties: Object.fromEntries(kept.map((name) => [name, members[name]])) });
}

/** Members that the node adds to a record, in the types of their fields. */
function completions({ completedBy = {}, fields }: Operation): Record<string, Schema> {
	const placed = placedFields(fields);
	const typeOf = (key: string) => placed.find((field) => field.key === key)!.field.spec.wire.type;
	return Object.fromEntries(Object.entries(completedBy).map(([name, key]) => [name, { type: typeOf(key) }]));
}

/** Schema of the first success; nothing when none is documented. */
function successOf(contract: Contract, { responses }: ContractOperation): Schema | undefined {
	const success = Object.entries(responses).find(([status]) => /^2/.test(status))?.[1];
	const { content } = resolve(contract, (success ?? {}) as Schema) as { content?: Record<string, { schema?: Schema }> };
	const schema = content?.['application/json']?.schema;
	return schema && resolve(contract, schema);
}

/** Schema of the records of a list: the list itself, or the first list inside its envelope. */
function listItems(contract: Contract, given: Schema): Schema | undefined {
	const answer = oneBranch(contract, given);
	const list = answer.items
		? answer
		: Object.values((answer.properties ?? {}) as Record<string, Schema>)
				.map((member) => resolve(contract, member))
				.find(({ items }) => items !== undefined);
	return list && resolve(contract, list.items as Schema);
}

const preview = (schema: Schema): Schema => ({ ...schema, version: 1 });

/** Schema of a member; of a list that of its records, because each of them becomes an item. */
function memberSchema(contract: Contract, schema: Schema, name: string): Schema | undefined {
	const member = name.split('.').reduce<Schema | undefined>((part, key) => {
		const found = /^\d+$/.test(key)
			? (part?.items as Schema | undefined)
			: (part?.properties as Record<string, Schema> | undefined)?.[key];
		return found && resolve(contract, found);
	}, schema);
	return member?.items ? resolve(contract, member.items as Schema) : member;
}

/** A schema with nothing but types and members; of several types the first that is not null counts. */
function plain(contract: Contract, given: Schema, depth: number): Schema {
	const schema = composed(contract, oneBranch(contract, resolve(contract, given)));
	const type = [
		schema.type ?? (schema.properties ? 'object' : schema.enum ? typeof (schema.enum as unknown[])[0] : 'string'),
	]
		.flat()
		.find((name) => name !== 'null') as string;
	if (type === 'array')
		return {
			type,
			...(schema.items && depth < DEEPEST ? { items: plain(contract, schema.items as Schema, depth + 1) } : {}),
		};
	if (type !== 'object') return { type };
	const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
	return {
		type,
		properties:
			depth < DEEPEST
				? Object.fromEntries(members.map(([name, member]) => [name, plain(contract, member, depth + 1)]))
				: {},
	};
}

/** A composition as one schema with the members of all its parts. */
function composed(contract: Contract, schema: Schema): Schema {
	const parts = ((schema.allOf as Schema[] | undefined) ?? []).map((part) =>
		composed(contract, resolve(contract, part)),
	);
	return parts.length === 0
		? schema
		: {
				...schema,
				type: 'object',
				properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties) as Schema,
			};
}

function oneBranch(contract: Contract, schema: Schema): Schema {
	const branches = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
	return branches ? resolve(contract, branches.find((branch) => branch.type !== 'null') ?? {}) : schema;
}

/** File of an operation's schema, from the root of the project. */
export function schemaFile({ parts, resource, value }: DocumentedPlace): string {
	return `nodes/${parts.folder}/__schema__/v1.0.0/${resource}/${value}.json`;
}

/** What a trigger puts out: the members of the records of all its samples. */
export function triggerSchema({ trigger }: TriggerParts): Schema {
	const records = Object.values(trigger.events).map(({ sample }) => trigger.recordOf(sample));
	return preview({ type: 'object', properties: { event: { type: 'string' }, record: schemaOf(records, 0) } });
}

/** A schema of values that were seen; of several types the first counts. */
function schemaOf(values: unknown[], depth: number): Schema {
	const known = values.filter((value) => value !== null && value !== undefined);
	const [first] = known;
	if (typeof first !== 'object')
		return { type: typeof first === 'number' && Number.isInteger(first) ? 'integer' : typeof (first ?? '') };
	if (depth === DEEPEST) return Array.isArray(first) ? { type: 'array' } : { type: 'object', properties: {} };
	if (Array.isArray(first)) {
		const items = known.flatMap((list) => list as unknown[]);
		return { type: 'array', ...(items.length > 0 ? { items: schemaOf(items, depth + 1) } : {}) };
	}
	const names = [...new Set(known.flatMap((value) => Object.keys(value as object)))];
	const members = names.map((name) => [
		name,
		schemaOf(
			known.map((value) => (value as Record<string, unknown>)[name]),
			depth + 1,
		),
	]);
	return { type: 'object', properties: Object.fromEntries(members) as Schema };
}

/** File of that schema: n8n looks for it by the folder and the version of a node that has neither resource nor operation. */
export const triggerSchemaFile = ({ parts }: TriggerParts): string => `nodes/${parts.folder}/__schema__/v1.0.0.json`;
