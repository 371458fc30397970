import type { INodeProperties } from 'n8n-workflow';
import { placedFields } from '../../nodes/shared/operation';
import { properties } from '../../nodes/shared/properties';
import { operations } from '../support/vendors';

/** What the form of an operation shows, in its order, with every choice as in a fresh form. */
function freshForm(all: INodeProperties[], resource: string, operation: string): INodeProperties[] {
	const values: Record<string, unknown> = { resource, operation };
	return all.filter((property) => {
		const shown = Object.entries(property.displayOptions?.show ?? {}).every(([name, allowed]) => (allowed as unknown[]).includes(values[name]));
		if (shown && !(property.name in values)) values[property.name] = property.default;
		return shown;
	});
}

const forms = operations.map(({ title, parts, resource, value, operation }) => ({ title, descriptor: operation, form: freshForm(properties(parts.resources), resource, value) }));

describe.each(forms)('the fresh form of $title', ({ descriptor, form }) => {
	test('shows its fields in the order of the descriptor', () => {
		const order = placedFields(descriptor.fields).map(({ key }) => key);
		const shown = form.map(({ name }) => name).filter((name) => order.includes(name));

		expect(shown).toEqual([...shown].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
	});

	test('has at most five fields open, and then what is optional', () => {
		const names = form.map(({ name }) => name);
		const optional = ['returnAll', 'limit', 'simplify', 'additionalFields', 'updateFields', 'filters', 'options'];
		const open = names.filter((name) => !['resource', 'operation', ...optional].includes(name));

		expect(open.length).toBeLessThanOrEqual(5);
		expect(names.slice(2 + open.length).every((name) => optional.includes(name))).toBe(true);
	});

	test('fills in no required number that nobody typed', () => {
		expect(form.filter(({ type, required }) => type === 'number' && required).map(({ name }) => name)).toEqual([]);
	});
});
