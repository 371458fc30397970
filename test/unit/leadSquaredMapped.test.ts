import { otherLeadFields } from '../../nodes/LeadSquared/entities';
import { mapped, typeOf } from '../../nodes/LeadSquared/mapped';
import { mapper } from '../../nodes/shared/fields';
import { taken } from '../support/fieldChecks';

/** LeadSquared's lists mark a date with a time by the data type or by the render type. */
test.each<[dataType: string, renderType: string, holds: string | undefined, type: string]>([
	['Date', 'Date', 'day', 'dateTime'],
	['Date', '', 'day', 'dateTime'],
	['Date', 'DateTime', 'moment', 'dateTime'],
	['DateTime', 'DateTime', 'moment', 'dateTime'],
	['DateTime', 'Date', 'moment', 'dateTime'],
	['Date Time', '', 'moment', 'dateTime'],
	['datetime', '', 'moment', 'dateTime'],
	['Number', 'Date', undefined, 'number'],
	['Boolean', '', undefined, 'boolean'],
	['Time', 'Time', undefined, 'string'],
	['Text', 'DateTime', undefined, 'string'],
])('a field of the type %s that is shown as "%s" holds a %s', (dataType, renderType, holds, type) => {
	expect(typeOf(dataType, renderType)).toEqual({ type, ...(holds === undefined ? {} : { holds }) });
});

test('a day is sent as a day, and a date with a time in UTC', () => {
	const schema = otherLeadFields.fields([
		{ SchemaName: 'mx_Birthday', DisplayName: 'Birthday', DataType: 'Date', RenderTypeTextValue: 'Date' },
		{ SchemaName: 'mx_Next_Call', DisplayName: 'Next Call', DataType: 'Date', RenderTypeTextValue: 'DateTime' },
	]);
	const value = { mx_Birthday: '2026-07-01T22:30:00', mx_Next_Call: '2026-07-01T22:30:00' };

	expect(taken(mapper('Lead Fields', otherLeadFields), { mappingMode: 'defineBelow', value, schema })).toEqual({
		mx_Birthday: '2026-07-01',
		mx_Next_Call: '2026-07-02T01:30:00Z',
	});
});

test('a field with several values keeps its choices, because a choice may contain a comma', () => {
	const field = { name: 'mx_Region', label: 'Region', takesSeveral: true };

	expect(mapped({ ...field, options: ['North, East', 'South'] })).toMatchObject({
		type: 'string',
		joinedBy: ';',
		choices: ['North, East', 'South'],
	});
	expect(mapped(field)).not.toHaveProperty('choices');
});
