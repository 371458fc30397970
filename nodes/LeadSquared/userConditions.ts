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
			.describe('Attribute of the user by its schema name, such as FirstName, TeamId or StatusCode'),
		Operator: text('Operator')
			.tidy()
			.required()
			.default('eq')
			.example('eq')
			.describe("LeadSquared's word for the comparison: eq for equal, lik for text that is contained"),
		LookupValue: text('Value')
			.required()
			.example('5b000028-1a2b-4c3d-8e4f-000000000028')
			.describe('Value to compare the attribute with'),
		ConditionOperator: choice('Next Condition', choices({ AND: 'And', OR: 'Or' })).describe(
			'How the next condition is joined to this one',
		),
	},
	'Add Condition',
);

/** What joins the last condition to nothing. */
const joined = (conditions: Condition[]) =>
	conditions.map((condition, index) => ({
		...condition,
		ConditionOperator: index + 1 < conditions.length ? (condition.ConditionOperator ?? 'AND') : null,
	}));

/** Conditions that users meet, sent as one group. https://apidocs.leadsquared.com/user-advanced-search/ */
export const userConditions = new Field<unknown[]>({
	...spec,
	ui: { ...spec.ui, description: 'Conditions that a user has to meet, in the order in which they are joined' },
	wire: { type: 'array', items: { type: 'object', properties: { Condition: spec.wire, GroupOperator: {} } } },
	schema: (context) =>
		spec
			.schema(context)
			.transform((conditions: Condition[]) => [{ Condition: joined(conditions), GroupOperator: null }]),
});
