import { isDeepStrictEqual } from 'node:util';
import type { INodeProperties } from 'n8n-workflow';
import { loadPack } from '../engine/pack';

const { nodeTypes, credentialTypes } = loadPack('source');

/** What was found of an element: the forms with one element changed have all the others in common. */
const known = new WeakMap<INodeProperties, string[]>();

/** Names that saved workflows and credentials hold: of a form element, of what is inside it, of its modes and values. */
function namesOf(property: INodeProperties): string[] {
	const names = known.get(property) ?? findNames(property);
	known.set(property, names);
	return names;
}

function findNames(property: INodeProperties): string[] {
	const { name, type, noDataExpression, options = [], modes = [] } = property;
	const fixedValues = (noDataExpression === true && type === 'options') || name === 'events';
	const inside = options.flatMap((option) => {
		if ('values' in option)
			return option.values.flatMap((value) => namesOf(value).map((inner) => `${name}.${option.name}.${inner}`));
		if ('value' in option) return fixedValues ? [`${name} = ${String(option.value)}`] : [];
		return namesOf(option).map((inner) => `${name}.${inner}`);
	});
	return [`${name} (${type}${modes.length > 0 ? `: ${modes.map((mode) => mode.name).join(', ')}` : ''})`, ...inside];
}

/** Operations whose form has an element, as `task: create`. */
function operationsOf({ displayOptions }: INodeProperties): string[] {
	const { resource = ['*'], operation = ['*'] } = displayOptions?.show ?? {};
	return resource.flatMap((name) => operation.map((value) => `${String(name)}: ${String(value)}`));
}

/** Names by operation: one that changes its type in one operation only would be hidden by the others. */
function saved(properties: INodeProperties[]): Record<string, string[]> {
	const names = new Map<string, Set<string>>();
	for (const property of properties) {
		for (const operation of operationsOf(property))
			names.set(operation, new Set([...(names.get(operation) ?? []), ...namesOf(property)]));
	}
	return Object.fromEntries(
		[...names].sort(([a], [b]) => a.localeCompare(b)).map(([operation, all]) => [operation, [...all].sort()]),
	);
}

test.each(Object.entries(nodeTypes))(
	'the names that saved workflows hold never change, nor the types of their elements: %s',
	(_type, { description }) => {
		expect(saved(description.properties)).toMatchSnapshot();
	},
);

test.each(Object.entries(credentialTypes))(
	'the names that saved credentials hold never change, nor the types of their elements: %s',
	(_name, { properties }) => {
		expect(saved(properties)).toMatchSnapshot();
	},
);

const swapped = <Entry>(list: readonly Entry[], at: number, other: Entry): Entry[] =>
	list.map((entry, index) => (index === at ? other : entry));

/** What becomes of a form element when one element, itself or inside it, gets another type: one form for each. */
function retyped(property: INodeProperties): Array<{ where: string; changed: INodeProperties }> {
	const { name, type, options = [] } = property;
	const itself: INodeProperties = { ...property, type: type === 'string' ? 'number' : 'string', modes: undefined };
	const within = (index: number, option: NonNullable<INodeProperties['options']>[number]): INodeProperties => ({
		...property,
		options: swapped(options, index, option),
	});
	const inside = options.flatMap((option, index) => {
		if ('values' in option) {
			return option.values.flatMap((value, row) =>
				retyped(value).map(({ where, changed }) => ({
					where,
					changed: within(index, { ...option, values: swapped(option.values, row, changed) }),
				})),
			);
		}
		if ('value' in option) return [];
		return retyped(option).map(({ where, changed }) => ({ where, changed: within(index, changed) }));
	});
	return [
		{ where: name, changed: itself },
		...inside.map(({ where, changed }) => ({ where: `${name}.${where}`, changed })),
	];
}

const described = [
	...Object.entries(nodeTypes).map(([name, { description }]) => ({ name, properties: description.properties })),
	...Object.entries(credentialTypes).map(([name, { properties }]) => ({ name, properties })),
];

test.each(described)('an element of $name that gets another type is seen, wherever it stands', ({ properties }) => {
	const before = saved(properties);

	const unseen = properties.flatMap((property, index) =>
		retyped(property).filter(({ changed }) => isDeepStrictEqual(saved(swapped(properties, index, changed)), before)),
	);

	expect(unseen.map(({ where }) => where)).toEqual([]);
});

test('elements are looked at on their own, in collections and in rows', () => {
	const wegly = nodeTypes['n8n-nodes-crm-pack.wegly'].description.properties;

	const places = wegly.flatMap(retyped).map(({ where }) => where);

	expect(places).toEqual(
		expect.arrayContaining(['resource', 'options.maxTries', 'additionalFields.notes', 'buttons.title']),
	);
});

test.each(Object.entries(nodeTypes))(
	'no form of %s has two elements of one name at the same time',
	(_type, { description }) => {
		const shown = description.properties.flatMap(({ name, displayOptions }) => {
			const { resource = ['*'], operation = ['*'], ...rest } = displayOptions?.show ?? {};
			return operation.map((value) => `${String(resource)} ${String(value)} ${name} ${JSON.stringify(rest)}`);
		});

		expect(shown.filter((entry, index) => shown.indexOf(entry) !== index)).toEqual([]);
	},
);
