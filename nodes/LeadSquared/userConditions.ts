import { Field, choice, choices, rows, text } from '../shared/fields';

interface Condition {
	LookupName: string;
	Operator: string;
	LookupValue: string;
	ConditionOperator?: 'AND' | 'OR';
}

const { spec } = rows(
	'Conditions',
	{
		LookupName: text('Attribute')
			.tidy()
			.required()
			.example('TeamId')
			.describe('Schema name of the attribute, such as FirstName, TeamId or StatusCode'),
		Operator: text('Operator')
			.tidy()
			.required()
			.default('eq')
			.example('eq')
			.describe("LeadSquared's name of the operator: eq for equals, lik for contains"),
		LookupValue: text('Value')
			.required()
			.example('5b000028-1a2b-4c3d-8e4f-000000000028')
			.describe('Value to compare the attribute with'),
		ConditionOperator: choice('Next Condition', choices({ AND: 'And', OR: 'Or' })).describe(
			'Operator between this condition and the next one',
		),
	},
	'Add Condition',
);

/** Returns the conditions with their operators. The last condition has none. */
const joined = (conditions: Condition[]) =>
	conditions.map((condition, index) => ({
		...condition,
		ConditionOperator: index + 1 < conditions.length ? (condition.ConditionOperator ?? 'AND') : null,
	}));

/**
 * The field for conditions that users must meet, sent as one group.
 * https://apidocs.leadsquared.com/user-advanced-search/
 */
export const userConditions = new Field<unknown[]>({
	...spec,
	ui: { ...spec.ui, description: 'Conditions that users must meet. LeadSquared combines them in this order.' },
	wire: { type: 'array', items: { type: 'object', properties: { Condition: spec.wire, GroupOperator: {} } } },
	schema: (context) =>
		spec
			.schema(context)
			.transform((conditions: Condition[]) => [{ Condition: joined(conditions), GroupOperator: null }]),
});
