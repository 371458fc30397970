import type { INodeProperties } from 'n8n-workflow';
import { choicesOf, placedFields } from '../../nodes/shared/form/operation';
import { properties } from '../../nodes/shared/form/properties';
import { loadPack } from '../engine/pack';
import { operations, vendors } from '../support/vendors';

/** What the form of an operation shows, in its order, with every choice as in a fresh form. */
function freshForm(all: INodeProperties[], resource: string, operation: string): INodeProperties[] {
	const values: Record<string, unknown> = { resource, operation };
	return all.filter((property) => {
		const shown = Object.entries(property.displayOptions?.show ?? {}).every(([name, allowed]) =>
			(allowed as unknown[]).includes(values[name]),
		);
		if (shown && !(property.name in values)) values[property.name] = property.default;
		return shown;
	});
}

/** The forms of the vendors; deriving one takes longer than all that is asked of it. */
const derived = new Map(vendors.map(({ resources }) => [resources, properties(resources)]));

const forms = operations.map(({ title, parts, resource, value, operation }) => ({
	title,
	descriptor: operation,
	form: freshForm(derived.get(parts.resources)!, resource, value),
}));

describe.each(forms)('the fresh form of $title', ({ descriptor, form }) => {
	test('shows its fields in the order of the descriptor', () => {
		const order = placedFields(descriptor.fields).map(({ key }) => key);
		const shown = form.map(({ name }) => name).filter((name) => order.includes(name));

		expect(shown).toEqual([...shown].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
	});

	test('has at most six fields open, and then what is optional', () => {
		const names = form.map(({ name }) => name);
		const optional = ['returnAll', 'limit', 'simplify', 'additionalFields', 'updateFields', 'filters', 'options'];
		const open = names.filter((name) => !['resource', 'operation', ...optional].includes(name));
		// A mapper is empty until somebody adds a field to it, and n8n takes none inside a collection.
		const filled = form.filter(({ name, type }) => open.includes(name) && type !== 'resourceMapper');

		expect(filled.length).toBeLessThanOrEqual(6);
		expect(names.slice(2 + open.length).every((name) => optional.includes(name))).toBe(true);
	});

	test('fills in no required number that nobody typed', () => {
		const required = placedFields(descriptor.fields)
			.filter(({ field }) => field.spec.required)
			.map(({ key }) => key);

		expect(
			form.filter(({ name, type }) => type === 'number' && required.includes(name)).map(({ name }) => name),
		).toEqual([]);
	});
});

/** Form elements of an operation, whatever is chosen in it. */
const elementsOf = (all: INodeProperties[], resource: string, operation: string) =>
	all.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(operation),
	);

describe.each(operations)('the form of $title', ({ parts, resource, value, operation }) => {
	const elements = elementsOf(derived.get(parts.resources)!, resource, value);
	const fields = placedFields(operation.fields).filter(({ field }) => !field.spec.hidden);
	const chosenBy = (name: string, choice: string) =>
		elements.filter((element) => element.name === name && (element.displayOptions?.show?.[choice] ?? []).length > 0);

	test('marks exactly those fields as required that the request cannot do without', () => {
		const required = fields.filter(({ field }) => field.spec.required).map(({ key }) => key);

		expect([...new Set(elements.filter(({ required }) => required).map(({ name }) => name))].sort()).toEqual(
			[...new Set(required)].sort(),
		);
	});

	test('has each of its fields once, open or among the optional ones, with the type of its kind', () => {
		const collections = elements
			.filter(({ type }) => type === 'collection')
			.flatMap(({ options }) => options as INodeProperties[]);

		for (const { key, field, open, variant } of fields) {
			const found = variant
				? chosenBy(key, variant.parameter).filter(({ displayOptions }) =>
						displayOptions!.show![variant.parameter]!.includes(variant.value),
					)
				: (open ? elements : collections).filter(
						({ name, displayOptions }) => name === key && !displayOptions?.show?.['@version'],
					);
			expect(found.map(({ name, type, displayName }) => [name, type, displayName])).toEqual([
				[key, field.spec.ui.type, field.spec.label],
			]);
			if (!open) expect(elements.filter(({ name }) => name === key)).toEqual([]);
			if (open)
				expect(collections.some(({ name, displayOptions }) => name === key && displayOptions !== undefined)).toBe(
					field.spec.formerlyOptional === true,
				);
		}
	});

	test('offers Return All, Limit and Simplify exactly where the operation has them', () => {
		const names = elements.map(({ name }) => name).filter((name) => ['returnAll', 'limit', 'simplify'].includes(name));

		expect(names).toEqual([
			...(operation.many || operation.pagedBy ? ['returnAll', 'limit'] : []),
			...(operation.simple ? ['simplify'] : []),
		]);
	});

	test('offers to clear exactly those optional fields that the vendor empties, in an update', () => {
		const clear = elements
			.flatMap(({ type, options }) => (type === 'collection' ? (options as INodeProperties[]) : []))
			.filter(({ name }) => name === 'fieldsToClear')
			.flatMap(({ options }) => options!.map((option) => (option as { value: string }).value));

		expect(clear.sort()).toEqual(
			fields
				.filter(
					({ open, field }) => value === 'update' && (!open || field.spec.formerlyOptional) && field.spec.clearable,
				)
				.map(({ key }) => key)
				.sort(),
		);
	});

	test('offers each choice with all its ways', () => {
		const offered = choicesOf(operation.fields).map(([name]) =>
			elements
				.filter((element) => element.name === name)
				.flatMap(({ options }) => options!.map((option) => (option as { value: string }).value).sort()),
		);

		expect(offered).toEqual(choicesOf(operation.fields).map(([, { variants }]) => Object.keys(variants).sort()));
	});
});

/** All elements of a form, those in collections and rows too. */
const within = (list: readonly INodeProperties[]): INodeProperties[] =>
	list.flatMap((element) => [
		element,
		...within(
			(element.options ?? []).flatMap((option) =>
				'values' in option ? option.values : 'type' in option ? [option] : [],
			),
		),
	]);

describe.each(vendors)('in the form of $name', ({ vendor, resources }) => {
	const elements = within(properties(resources, vendor.options));

	test('no choice has a value that n8n would take for an expression', () => {
		const values = elements.flatMap(({ default: start, options = [] }) => [
			start,
			...options.map((option) => ('value' in option ? option.value : undefined)),
		]);

		expect(values.filter((value) => typeof value === 'string' && value.startsWith('='))).toEqual([]);
	});

	test('priority and status begin with what decides nothing', () => {
		const fresh = elements.filter(
			({ displayName, displayOptions }) =>
				['Priority', 'Status'].includes(displayName) && !displayOptions?.show?.['@version'],
		);

		expect(
			fresh.filter(({ default: start }) =>
				/^(high|urgent|won|lost|completed|closed|resolved|disabled)$/i.test(String(start)),
			),
		).toEqual([]);
	});
});

describe.each(Object.values(loadPack('source').nodeTypes))(
	'in the form of $description.displayName',
	({ description: { properties: all } }) => {
		const collections = all
			.filter(({ name, type }) => type === 'collection' && name !== 'options')
			.flatMap(({ options }) => options as INodeProperties[]);

		test('a switch that somebody adds is on', () => {
			const switches = collections.filter(
				({ type, displayOptions }) => type === 'boolean' && displayOptions === undefined,
			);

			expect(switches.filter(({ default: start }) => start !== true).map(({ displayName }) => displayName)).toEqual([]);
		});

		test('a closed list of numbers says what each stands for, because a model does not see the names', () => {
			const lists = within(all).filter(
				({ name, type }) => type === 'options' && !['resource', 'operation'].includes(name),
			);
			const silent = lists.flatMap(({ displayName, description = '', options = [] }) =>
				(options as Array<{ name: string; value: unknown }>)
					.filter(
						({ name, value }) =>
							/^\d+$/.test(String(value)) &&
							name !== value &&
							name !== String(value) &&
							!description.includes(`${String(value)} (`),
					)
					.map(({ value }) => `${displayName}: ${String(value)}`),
			);

			expect(silent).toEqual([]);
		});
	},
);

test('a day is chosen without a time', () => {
	const days = operations
		.flatMap(({ operation }) => placedFields(operation.fields))
		.filter(({ field }) => field.spec.wire.format === 'date');

	expect(days.length).toBeGreaterThan(0);
	expect(days.filter(({ field }) => !field.spec.ui.typeOptions?.dateOnly).map(({ key }) => key)).toEqual([]);
});

/** Names that keep their capitals wherever they stand. */
const NAMES = [
	'API',
	'Chatwoot',
	'CRM',
	'Evolution',
	'ID',
	'IDs',
	'LeadSquared',
	'SKU',
	'SMS',
	'Syncro',
	'URL',
	'UTM',
	'Wegly',
	'WhatsApp',
	'WoofedCRM',
];

test.each(operations)(
	'the action of $title is in sentence case, and names in it keep their capitals',
	({ operation: { action } }) => {
		const written = action.split(' ').map((word, index) => {
			const name = NAMES.find((known) => known.toLowerCase() === word.toLowerCase());
			return name ?? (index === 0 ? word[0].toUpperCase() + word.slice(1).toLowerCase() : word.toLowerCase());
		});

		expect(action).toBe(written.join(' '));
	},
);

test.each(Object.values(loadPack('source').nodeTypes))(
	'whether an element of $description.name is shown depends on elements that the form has: n8n up to 2.0 opens no node that waits for another',
	({ description: { properties: all } }) => {
		const names = all.map(({ name }) => name);
		const conditions = all.flatMap(({ displayOptions = {} }) =>
			Object.values(displayOptions).flatMap((rule) => Object.keys(rule as object)),
		);

		expect(conditions.filter((name) => !name.startsWith('@') && !names.includes(name))).toEqual([]);
	},
);
