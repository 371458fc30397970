import {
	activityFields,
	existingActivityFields,
	existingLeadFields,
	opportunityFields,
	otherLeadFields,
} from '../../nodes/LeadSquared/entities';
import { hasMatchedField, heedsChoice } from '../../nodes/LeadSquared/leadToMatch';
import { sortedWhole } from '../../nodes/LeadSquared/listFields';
import { activityTypes, opportunityTypes } from '../../nodes/LeadSquared/lookups';

const response = {
	Fields: [
		{ SchemaName: 'ActivityEvent_Note', DisplayName: 'Notes', DataType: 'String' },
		{ SchemaName: 'CreatedOn', DisplayName: 'Created On', DataType: 'DateTime', IsReadOnly: true },
		{
			SchemaName: 'mx_Custom_1',
			DisplayName: 'Tags',
			DataType: 'Dropdown',
			OptionSet: '[{"Value":"a"},{"Value":"b"}]',
			IsMultiSelectDropdown: true,
		},
		{
			SchemaName: 'Status',
			DisplayName: 'Status',
			DataType: 'SearchableDropdown',
			OptionSet: '[{"Value":"Open","Order":0},{"Value":"Won"}]',
			IsMandatory: true,
		},
		{ SchemaName: 'mx_Custom_2', DisplayName: null, DataType: 'Number', OptionSet: '' },
	],
};

test('the fields of a type have types, choices and mandatory marks, and exclude fields that only LeadSquared writes', () => {
	expect(activityFields.fields(response)).toMatchObject([
		{
			id: 'Status',
			displayName: 'Status',
			required: true,
			type: 'options',
			options: [{ value: 'Open' }, { value: 'Won' }],
		},
		{ id: 'mx_Custom_1', displayName: 'Tags (comma-separated values)', required: false, type: 'string', joinedBy: ';' },
		{ id: 'mx_Custom_2', displayName: 'mx_Custom_2', required: false, type: 'number' },
	]);
});

test('fields without a name are left out, and a field without a label shows its name', () => {
	const odd = [null, undefined, '', ' ', 7, { toString: 1 }].map((SchemaName) => ({ SchemaName, DisplayName: 'Odd' }));
	const blank = { SchemaName: 'mx_Custom_1', DisplayName: ' ', IsMandatory: 'true', OptionSet: 7 };

	expect(activityFields.fields({ Fields: [...odd, blank] })).toEqual([
		expect.objectContaining({ id: 'mx_Custom_1', displayName: 'mx_Custom_1', type: 'string', required: false }),
	]);
});

test.each([
	['a list of texts', ['a', 'b']],
	['records with a value', [{ Value: 'a' }, { Value: 'b' }, { Value: '' }, { Value: null }, {}]],
	['JSON as text', '[{"Value":"a","Order":0},{"Value":"b"}]'],
	['JSON inside JSON', JSON.stringify('["a","b"]')],
])('choices are read from %s', (_form, OptionSet) => {
	expect(activityFields.fields({ Fields: [{ SchemaName: 'x', OptionSet }] })[0].options).toEqual(
		['a', 'b'].map((value) => ({ name: value, value })),
	);
});

test('choices that are numbers become text, and a value that is not a list has no choices', () => {
	const optionsOf = (OptionSet: unknown) =>
		activityFields.fields({ Fields: [{ SchemaName: 'x', OptionSet: OptionSet as string }] })[0].options;

	expect(optionsOf([{ Value: 1 }, 'b'])).toEqual(['1', 'b'].map((value) => ({ name: value, value })));
	expect(['[', '7', 7, { Value: 'a' }, null].map(optionsOf)).toEqual(Array(5).fill(undefined));
});

test('the form requires a mandatory owner once: opportunities have their own field for it, activities do not', () => {
	const owner = { Fields: [{ SchemaName: 'Owner', DisplayName: 'Owner', DataType: 'String', IsMandatory: true }] };

	expect([activityFields, opportunityFields].map((entity) => entity.fields(owner)[0].required)).toEqual([true, false]);
});

test.each([activityFields, opportunityFields])(
	'$name are requested by the code of the type, and have generic names if an expression sets it',
	(entity) => {
		expect([entity.ask!('201'), entity.ask!()]).toEqual([{ code: '201' }, undefined]);

		const names = entity.fields(undefined).map(({ id, type }) => [id, type]);

		expect(names.slice(0, 3)).toEqual([
			['Status', 'string'],
			['Owner', 'string'],
			['mx_Custom_1', 'string'],
		]);
		expect(names.at(-1)).toEqual(['mx_Custom_50', 'string']);
	},
);

test('no field is mandatory for a record that may already exist', () => {
	const lead = [{ SchemaName: 'mx_City', DisplayName: 'City', DataType: 'Text', IsMandatory: true }];

	expect(existingActivityFields.fields(response).filter(({ required }) => required)).toEqual([]);
	expect([otherLeadFields, existingLeadFields].map((entity) => entity.fields(lead)[0].required)).toEqual([true, false]);
});

test('types are listed with their codes as numbers, even if the response has text', () => {
	expect(activityTypes.entry({ ActivityEvent: '201', ActivityEventName: 'Home Visit' })).toEqual({
		name: 'Home Visit (201)',
		value: 201,
	});
	expect(activityTypes.entry({ ActivityEvent: 201, ActivityEventName: 'visit', DisplayName: 'Home Visit' })).toEqual({
		name: 'Home Visit (201)',
		value: 201,
	});
	expect(activityTypes.entry({ ActivityEventName: 'Home Visit' }).value).toBeUndefined();
});

test('opportunity types are read from their own list, or from the activity types by their codes', () => {
	const own = opportunityTypes.records!([{ EventCode: 12000, DisplayName: 'Loan' }]);
	const amongActivities = opportunityTypes.records!([
		{ ActivityEvent: 201, ActivityEventName: 'Home Visit' },
		{ ActivityEvent: '12000', ActivityEventName: 'Loan' },
	]);

	expect([own, amongActivities].map((records) => records.map(opportunityTypes.entry))).toEqual(
		Array(2).fill([{ name: 'Loan (12000)', value: 12000 }]),
	);
});

describe('the lead to be found', () => {
	test.each([
		['EmailAddress', { EmailAddress: 'a@example.com' }],
		['ProspectId', { ProspectID: 'x' }],
	])('by %j is identified by its value', (SearchBy, leadFields) => {
		expect(hasMatchedField({ SearchBy, leadFields })).toBeUndefined();
	});

	test.each([undefined, { FirstName: 'Ana' }, { EmailAddress: '' }])(
		'is refused without that value, as in %j',
		(leadFields) => {
			expect(hasMatchedField({ SearchBy: 'EmailAddress', leadFields })).toBe(
				`'Lead Fields' must have a value for "EmailAddress", the field of 'Search Lead By', but has none`,
			);
		},
	);

	test.each(['ProspectID', 'EmailAddress', 'Phone'])(
		'is found by the chosen field if not all three fields have a value: %s has none',
		(name) => {
			const all = { ProspectID: 'x', EmailAddress: 'a@example.com', Phone: '1' };

			expect(heedsChoice({ SearchBy: 'Phone', leadFields: all })).toMatch(
				/^'Lead Fields' must not have the ID, email and phone of the lead together/,
			);
			expect(heedsChoice({ SearchBy: 'Phone', leadFields: { ...all, [name]: '' } })).toBeUndefined();
		},
	);
});

test('a sort column and its direction must be set together', () => {
	const rule = (ColumnName?: string, Direction?: string) => sortedWhole({ ColumnName, Direction });
	const message = "'Sort By' and 'Sort Direction' must be set together, but one of them is empty";

	expect([rule(), rule('Owner', '1'), rule('Owner'), rule(undefined, '1')]).toEqual([
		undefined,
		undefined,
		message,
		message,
	]);
});
