import { CORE_SCHEMA, load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { VendorName } from '../support/vendors';

export type { VendorName } from '../support/vendors';
export type Schema = { [keyword: string]: unknown };

/** An OpenAPI document as far as the tests look into it. */
export interface Contract {
	paths: Record<string, PathItem>;
	components: Record<string, Record<string, Schema>>;
	/** What the vendor sends by itself. */
	webhooks?: Record<string, { post?: DocumentedDelivery }>;
}

/** An event as a contract describes it; without `x-event` its key is the vendor's own name. */
export interface DocumentedDelivery {
	'x-event'?: string;
	'x-webhook-event-code'?: string;
	'x-source': string;
	'x-confidence': string;
	'x-observed'?: string[];
	requestBody: Schema;
}

type PathItem = { [method: string]: ContractOperation } & { parameters?: never };

export interface ContractOperation {
	operationId: string;
	parameters?: Schema[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema?: Schema; example?: unknown }> }>;
	/** Where the operation is, when that is not the vendor's one host. */
	servers?: unknown;
	'x-confidence'?: string;
	/** Why installations of the vendor may not have it. */
	'x-availability'?: string;
	'x-source'?: string;
}

/** The vendor's contract, read anew at every call, so that a caller may change its copy. */
export function loadContract(vendor: VendorName): Contract {
	// The core schema, because in the default one a date of an example would become an object.
	return load(readFileSync(path.join(__dirname, '..', 'vendors', vendor, 'contract.yaml'), 'utf8'), {
		schema: CORE_SCHEMA,
	}) as Contract;
}

const contracts = new Map<VendorName, Contract>();

/** The vendor's contract to look things up in; read once, and not to be changed. */
export function contractOf(vendor: VendorName): Contract {
	const contract = contracts.get(vendor) ?? loadContract(vendor);
	contracts.set(vendor, contract);
	return contract;
}

/** Follows a `$ref` inside the contract; a schema without one is given back as it is. */
export function resolve<Value extends Schema>(contract: Contract, schema: Value): Value {
	const ref = schema.$ref;
	if (typeof ref !== 'string') return schema;
	const target = ref
		.slice(2)
		.split('/')
		.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], contract);
	const { $ref: _ref, ...beside } = schema;
	return { ...resolve(contract, target as Value), ...beside };
}

/**
 * A schema that refuses members it does not name, wherever the contract does not allow others explicitly.
 * `$ref` are resolved, because one schema may be strict in one place and open in another; inside itself a schema stays open.
 */
export function strict(
	contract: Contract,
	given: Schema,
	insideComposition = false,
	within: readonly unknown[] = [],
): Schema {
	if (given.$ref !== undefined && within.includes(given.$ref)) return {};
	const refs = given.$ref === undefined ? within : [...within, given.$ref];
	const part = (schema: unknown, inComposition = false) => strict(contract, schema as Schema, inComposition, refs);
	const schema = { ...resolve(contract, given) };
	for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
		if (Array.isArray(schema[keyword])) schema[keyword] = (schema[keyword] as Schema[]).map((one) => part(one, true));
	}
	for (const keyword of ['if', 'then', 'else']) {
		if (schema[keyword]) schema[keyword] = part(schema[keyword], true);
	}
	if (schema.properties) {
		schema.properties = Object.fromEntries(
			Object.entries(schema.properties as Record<string, Schema>).map(([name, member]) => [name, part(member)]),
		);
	}
	if (schema.items) schema.items = part(schema.items);
	const isObject =
		schema.properties !== undefined ||
		schema.allOf !== undefined ||
		schema.anyOf !== undefined ||
		schema.oneOf !== undefined;
	if (isObject && !insideComposition && schema.additionalProperties === undefined) schema.unevaluatedProperties = false;
	// The discriminator names schemas by reference, and these are resolved here.
	delete schema.discriminator;
	return schema;
}

/** A copy of the contract whose request bodies are strict. */
export function strictContract(vendor: VendorName): Contract {
	const contract = loadContract(vendor);
	for (const { operation } of operationsOf(contract)) {
		for (const body of Object.values(operation.requestBody?.content ?? {})) body.schema = strict(contract, body.schema);
	}
	// Parts that stand in several places become copies: openapi-backend takes a shared object for a circle.
	return JSON.parse(JSON.stringify(contract)) as Contract;
}

/** The events of a vendor by the vendor's own names. */
export function deliveriesOf(vendor: VendorName): Map<string, DocumentedDelivery> {
	return new Map(
		Object.entries(contractOf(vendor).webhooks ?? {}).flatMap(([key, { post }]) =>
			post ? [[post['x-event'] ?? post['x-webhook-event-code'] ?? key, post]] : [],
		),
	);
}

/** An operation of a contract with its method and path, and the parameters of that path. */
export interface DocumentedOperation {
	method: string;
	path: string;
	operation: ContractOperation;
	shared: Schema[];
}

/**
 * The operation of a vendor's contract that has an `operationId`.
 *
 * @param asker who wants it, for the message
 * @throws Error with the operations that there are
 */
export function documentedOperation(
	vendor: VendorName,
	operationId: string | undefined,
	asker: string,
): DocumentedOperation {
	const all = operationsOf(contractOf(vendor));
	const found = all.find(({ operation }) => operation.operationId === operationId);
	if (found) return found;
	const known = all.map(({ operation }) => operation.operationId).sort();
	throw new Error(
		`${asker}: the contract has no operation '${operationId}': name another one, or add it to test/vendors/${vendor}/contract.yaml; known are ${known.join(', ')}`,
	);
}

/** All operations of a contract. */
export function operationsOf(contract: Contract): DocumentedOperation[] {
	return Object.entries(contract.paths).flatMap(([route, { parameters, ...methods }]) =>
		Object.entries(methods).map(([method, operation]) => ({
			method: method.toUpperCase(),
			path: route,
			operation,
			shared: (parameters as Schema[] | undefined) ?? [],
		})),
	);
}
