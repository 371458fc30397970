import { placedFields, type Operation } from '../../nodes/shared/form/operation';
import { vendors } from '../support/vendors';

type Rule = (input: Record<string, unknown>) => string | undefined;

/** What a rule says; undefined also where it cannot be asked, because it looks into a required field. */
function saidBy(rule: Rule, input: Record<string, unknown>): string | undefined {
	try {
		return rule(input);
	} catch {
		return undefined;
	}
}

/** The fields that a message names by their labels. */
function namedIn(message: string, { fields }: Operation): string[] {
	const labels = [...message.matchAll(/'([^']+)'/g)].map(([, label]) => label);
	return placedFields(fields)
		.filter(({ field }) => labels.includes(field.spec.label))
		.map(({ key }) => key);
}

/** Rules that want one of several fields, with each field that they name. */
const wanted = vendors.flatMap(({ name, resources }) =>
	Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([key, operation]) =>
			((operation.rules ?? []) as Rule[]).flatMap((rule) => {
				const message = saidBy(rule, {});
				const fields = message === undefined ? [] : namedIn(message, operation);
				return fields.length > 1
					? fields.map((field) => ({ operation: `${name} ${resource} ${key}`, rule, message, field }))
					: [];
			}),
		),
	),
);

test('the rules that want one of several fields are found', () => {
	const found = [...new Set(wanted.map(({ operation }) => operation))];

	expect(found).toEqual(
		expect.arrayContaining([
			'syncroChat lead findOrCreate',
			'wegly file upload',
			'woofedCrm contact upsert',
			'leadSquared lead create',
		]),
	);
	expect(found.length).toBeGreaterThan(8);
});

test.each(wanted)(
	'$operation: $field alone is enough for the rule that names it, or is told what it lacks',
	({ rule, message, field }) => {
		expect(saidBy(rule, { [field]: 'x' })).not.toBe(message);
	},
);
