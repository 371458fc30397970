import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import {
	contractOf,
	deliveriesOf,
	documentedOperation,
	resolve,
	strict,
	type Contract,
	type Schema,
	type VendorName,
} from './contract';
import type { Reply } from './types';

/** Members that the sandbox answers beyond the contract, with the reason. */
const BEYOND_CONTRACT: Record<string, string> = {
	'listWhatsappTemplates components':
		"the contract's example is cut off before them, and the vendor's public source has them",
};

/** One for all answers, because each new one compiles the rules for schemas anew. */
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

/**
 * What an answer of an operation breaks of the contract's schema for its status, members that the contract does not know among it.
 *
 * @returns one line a problem; the lack of a documented answer is one too
 */
export function problemsOf(vendor: VendorName, operationId: string, { status, body }: Reply): string[] {
	const contract = contractOf(vendor);
	const { responses } = documentedOperation(vendor, operationId, `the sandbox of ${vendor}`).operation;
	const documented = (responses[status] ?? responses[`${Math.floor(status / 100)}XX`]) as unknown as Schema | undefined;
	if (!documented) return [`status ${status} is not documented`];
	const { content } = resolve(contract, documented) as { content?: Record<string, { schema?: Schema }> };
	const schema = content?.['application/json']?.schema;
	if (!schema) return body === undefined ? [] : ['a body is not documented'];
	const isKnown = ({ params }: ErrorObject) =>
		`${operationId} ${String(params.unevaluatedProperty)}` in BEYOND_CONTRACT;
	return breaches(contract, schema, body)
		.filter((error) => !isKnown(error))
		.map(inWords);
}

/** What a delivery breaks of the contract's schema for its event, one line a problem. */
export function deliveryProblems(vendor: VendorName, event: string, body: unknown): string[] {
	const contract = contractOf(vendor);
	const documented = deliveriesOf(vendor).get(event);
	if (!documented) return [`the event ${event} is not documented`];
	const { content } = resolve(contract, documented.requestBody) as { content: Record<string, { schema: Schema }> };
	return breaches(contract, content['application/json'].schema, body).map(inWords);
}

/** What the body of a request breaks of the contract's schema, one line a problem. */
export function bodyProblems(vendor: VendorName, operationId: string, body: unknown): string[] {
	const { requestBody } = documentedOperation(vendor, operationId, `a request to ${vendor}`).operation;
	if (!requestBody) return ['a body is not documented'];
	return breaches(contractOf(vendor), requestBody.content['application/json'].schema, body).map(inWords);
}

/** What was compiled, by the schema of the contract: tests ask the same ones a hundred times. */
const compiled = new WeakMap<Schema, ValidateFunction>();

/** As JSON, a body is what the other side sees: members that are undefined are not there. */
function breaches(contract: Contract, schema: Schema, body: unknown): ErrorObject[] {
	const validate = compiled.get(schema) ?? ajv.compile(strict(contract, schema));
	compiled.set(schema, validate);
	validate(JSON.parse(JSON.stringify(body ?? null)));
	return [...(validate.errors ?? [])];
}

const inWords = ({ instancePath, message, params }: ErrorObject) =>
	`${instancePath} ${message ?? ''} ${JSON.stringify(params)}`.trim();
