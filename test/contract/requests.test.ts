import type { Wire } from '../../nodes/shared/fields';
import type { Operation } from '../../nodes/shared/form/operation';
import { requestLine } from '../../nodes/shared/http/apiRequest';
import { documentedOperation, type Schema } from '../sandbox/contract';
import { documentedOperations, type DocumentedPlace } from '../support/vendors';
import {
	documentedMembers,
	isCoveredByOpen,
	objectsOfEachVariant,
	offeredMembers,
	type DocumentedMember,
	type OfferedMember,
} from './requestMembers';

describe.each(documentedOperations)('$title', (place) => {
	const { title, parts, operation } = place;
	const offered = offeredMembers(operation);
	let documented: DocumentedMember[];
	// Here and not outside, so that an operation that the contract does not know fails its own tests alone.
	beforeAll(() => {
		documented = documentedMembers(place);
	});

	test('goes to the method and path of the contract', () => {
		const { method, path } = documentedOperation(parts.name, operation.contract, title);
		const asked = requestLine(operation);

		expect({ method: asked.method, path: parts.pathPrefix + asked.path }).toEqual({ method, path });
	});

	test('offers every documented member of the request, or says why not', () => {
		const names = new Set([...offered, ...restOf(place)].map(({ path }) => path));
		const covered = (path: string) =>
			names.has(path) ||
			isCoveredByOpen(offered, path) ||
			offered.some((member) => path.startsWith(`${member.path}.`)) ||
			[...names].some((name) => isInside(name, path));
		const missing = documented.filter(({ inferred, path }) => !inferred && !covered(path)).map(({ path }) => path);

		expect(missing.filter((path) => !isLeftOut(operation, path))).toEqual([]);
		expect(Object.keys(operation.leftOut ?? {}).filter((path) => !missing.includes(path))).toEqual([]);
	});

	test('writes no member that the contract does not know', () => {
		const known = documented.map(({ path }) => path);

		expect(
			offered
				.filter(({ path, open }) => !known.includes(path) && !(open && (path === '' || path.endsWith('.'))))
				.map(({ path }) => path),
		).toEqual([]);
	});

	test('writes each member in the type, format, length and list of values of the contract', () => {
		const known = new Map(documented.map((member) => [member.path, member.schema]));
		const differences = offered.flatMap(({ path, wire }) =>
			disagreements(wire, known.get(path) ?? {}).map((words) => `${path}: ${words}`),
		);

		expect(differences).toEqual([]);
	});

	test('asks for every member that the contract requires', () => {
		const always = [
			...offered.filter(({ required }) => required).map(({ path }) => path),
			...objectsOfEachVariant(operation),
		];
		const present = (path: string) => always.includes(path) || always.some((name) => isInside(name, path));
		const foundOnTheWay = (path: string) => operation.run !== undefined && isLeftOut(operation, path);
		const missing = documented.filter(
			({ required, path }) => required && !path.includes('[]') && !present(path) && !foundOnTheWay(path),
		);
		const topLevel = missing.filter(
			({ path }) => !path.includes('.') || always.some((name) => name.startsWith(path.split('.')[0])),
		);

		expect(topLevel.map(({ path }) => path)).toEqual([]);
	});
});

/** Members that the other operation offers which a shortcut names. */
function restOf({ title, parts, resource, operation: { shortcutOf } }: DocumentedPlace): OfferedMember[] {
	if (!shortcutOf) return [];
	const whole = parts.resources[resource].operations[shortcutOf];
	if (!whole) throw new Error(`${title}: shortcutOf names '${shortcutOf}', which is no operation of the resource`);
	return offeredMembers(whole);
}

/** Whether a member stands in an object, or in the objects of a list. */
const isInside = (path: string, holder: string) => path.startsWith(`${holder}.`) || path.startsWith(`${holder}[].`);

function isLeftOut({ leftOut }: Operation, path: string): boolean {
	return Object.keys(leftOut ?? {}).some(
		(name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[].`),
	);
}

/** How a written member differs from its documentation. */
function disagreements(wire: Wire, schema: Schema): string[] {
	const words: string[] = [];
	const types = [schema.type ?? []].flat() as string[];
	if (wire.type && types.length > 0 && !types.includes(wire.type))
		words.push(`type ${wire.type}, documented ${types.join(' or ')}`);
	const values = (
		(schema.const !== undefined ? [schema.const] : schema.enum) as Array<string | number> | undefined
	)?.filter((value) => value !== null);
	if (wire.const !== undefined && values && !values.includes(wire.const as string))
		words.push(`always ${String(wire.const)}, documented ${values.join(', ')}`);
	if (wire.enum && values && !sameSet(wire.enum, values))
		words.push(`one of ${wire.enum.join(', ')}, documented ${values.join(', ')}`);
	if (wire.enum && !values) words.push('has a list of values, documented as open');
	if (schema.format && schema.format !== 'int64' && wire.format !== schema.format)
		words.push(`format ${wire.format}, documented ${String(schema.format)}`);
	if (schema.maxLength !== undefined && wire.maxLength !== schema.maxLength)
		words.push(`at most ${wire.maxLength} characters, documented ${String(schema.maxLength)}`);
	if (
		schema.minimum !== undefined &&
		wire.const === undefined &&
		(wire.minimum ?? -Infinity) < (schema.minimum as number)
	)
		words.push(`at least ${wire.minimum}, documented ${String(schema.minimum)}`);
	if (
		schema.maximum !== undefined &&
		wire.const === undefined &&
		!wire.enum &&
		(wire.maximum ?? Infinity) > (schema.maximum as number)
	)
		words.push(`at most ${wire.maximum}, documented ${String(schema.maximum)}`);
	const items = schema.items as Schema | undefined;
	if (items && wire.items) words.push(...disagreements(wire.items, items).map((inner) => `each: ${inner}`));
	return words;
}

/** The values as texts, once each: some pages document a number and its text. */
const textsOf = (values: readonly unknown[]) => [...new Set(values.map(String))].sort();
const sameSet = (one: readonly unknown[], other: readonly unknown[]) =>
	JSON.stringify(textsOf(one)) === JSON.stringify(textsOf(other));

test('bulk requests go to the method and path of the contract, with no more items than it allows', () => {
	const wrong = documentedOperations.flatMap(({ title, parts, operation: { batch } }) => {
		if (!batch) return [];
		const { method, path, operation } = documentedOperation(parts.name, batch.contract, title);
		const most = mostItems(operation.requestBody?.content['application/json'].schema);
		const isRight = batch.request === `${method} ${path.slice(parts.pathPrefix.length)}` && batch.size <= most;
		return isRight
			? []
			: [`${title}: ${batch.request} with ${batch.size} items, documented ${method} ${path} with ${most}`];
	});

	expect(wrong).toEqual([]);
});

/** Most items that any list in a bulk request's body takes. */
function mostItems(schema: unknown): number {
	if (typeof schema !== 'object' || schema === null) return Infinity;
	const { maxItems = Infinity } = schema as { maxItems?: number };
	return Math.min(maxItems, ...Object.values(schema).map(mostItems));
}
