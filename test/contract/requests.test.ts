import type { Wire } from '../../nodes/shared/fields';
import type { Operation } from '../../nodes/shared/form/operation';
import { requestLine } from '../../nodes/shared/http/call';
import { contractOf, operationsOf, type Schema } from '../sandbox/contract';
import { operations } from '../support/vendors';
import { documentedMembers, isCoveredByOpen, offeredMembers } from './requestMembers';

describe.each(operations)('$title', ({ parts, operation, resource }) => {
	const contract = contractOf(parts.name);
	const siblings = parts.resources[resource].operations;
	const documented = documentedMembers(contract, operation);
	const offered = offeredMembers(operation);
	const rest = operation.shortcutOf ? offeredMembers(siblings[operation.shortcutOf]) : [];
	const known = new Map(documented.map((member) => [member.path, member]));

	test('goes to the method and path of the contract', () => {
		const found = operationsOf(contract).find((candidate) => candidate.operation.operationId === operation.contract);
		const { method, path } = requestLine(operation);

		expect({ method, path: parts.pathPrefix + path }).toEqual({ method: found?.method, path: found?.path });
	});

	test('offers every documented member of the request, or says why not', () => {
		const names = new Set([...offered, ...rest].map(({ path }) => path));
		const covered = (path: string) =>
			names.has(path) ||
			isCoveredByOpen(offered, path) ||
			offered.some((member) => path.startsWith(`${member.path}.`)) ||
			[...names].some((name) => name.startsWith(`${path}.`));
		const missing = documented.filter(({ inferred, path }) => !inferred && !covered(path)).map(({ path }) => path);

		expect(missing.filter((path) => !isLeftOut(operation, path))).toEqual([]);
		expect(Object.keys(operation.leftOut ?? {}).filter((path) => !missing.includes(path))).toEqual([]);
	});

	test('writes no member that the contract does not know', () => {
		expect(offered.filter(({ path, open }) => !known.has(path) && !(open && path === '')).map(({ path }) => path)).toEqual([]);
	});

	test('writes each member in the type, format, length and list of values of the contract', () => {
		const differences = offered.flatMap(({ path, wire }) => disagreements(wire, known.get(path)?.schema ?? {}).map((words) => `${path}: ${words}`));

		expect(differences).toEqual([]);
	});

	test('asks for every member that the contract requires', () => {
		const always = offered.filter(({ required }) => required).map(({ path }) => path);
		const present = (path: string) => always.includes(path) || always.some((name) => name.startsWith(`${path}.`));
		const foundOnTheWay = (path: string) => operation.run !== undefined && isLeftOut(operation, path);
		const missing = documented.filter(({ required, path }) => required && !path.includes('[]') && !present(path) && !foundOnTheWay(path));
		const topLevel = missing.filter(({ path }) => !path.includes('.') || always.some((name) => name.startsWith(path.split('.')[0])));

		expect(topLevel.map(({ path }) => path)).toEqual([]);
	});
});

function isLeftOut({ leftOut }: Operation, path: string): boolean {
	return Object.keys(leftOut ?? {}).some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[].`));
}

/** How a written member differs from its documentation. */
function disagreements(wire: Wire, schema: Schema): string[] {
	const words: string[] = [];
	const types = [schema.type ?? []].flat() as string[];
	if (wire.type && types.length > 0 && !types.includes(wire.type)) words.push(`type ${wire.type}, documented ${types.join(' or ')}`);
	const values = ((schema.const !== undefined ? [schema.const] : schema.enum) as Array<string | number> | undefined)?.filter((value) => value !== null);
	if (wire.const !== undefined && values && !values.includes(wire.const as string)) words.push(`always ${String(wire.const)}, documented ${values.join(', ')}`);
	if (wire.enum && values && !sameSet(wire.enum, values)) words.push(`one of ${wire.enum.join(', ')}, documented ${values.join(', ')}`);
	if (wire.enum && !values) words.push('has a list of values, documented as open');
	if (schema.format && schema.format !== 'int64' && wire.format !== schema.format) words.push(`format ${wire.format}, documented ${String(schema.format)}`);
	if (schema.maxLength !== undefined && wire.maxLength !== schema.maxLength)
		words.push(`at most ${wire.maxLength} characters, documented ${String(schema.maxLength)}`);
	if (schema.minimum !== undefined && wire.const === undefined && (wire.minimum ?? -Infinity) < (schema.minimum as number))
		words.push(`at least ${wire.minimum}, documented ${String(schema.minimum)}`);
	if (schema.maximum !== undefined && wire.const === undefined && !wire.enum && (wire.maximum ?? Infinity) > (schema.maximum as number))
		words.push(`at most ${wire.maximum}, documented ${String(schema.maximum)}`);
	const items = schema.items as Schema | undefined;
	if (items && wire.items) words.push(...disagreements(wire.items, items).map((inner) => `each: ${inner}`));
	return words;
}

const sameSet = (one: readonly unknown[], other: readonly unknown[]) => one.length === other.length && one.every((value) => other.includes(value));
