import { isObject } from '../../nodes/shared/base/json';
import type { Field } from '../../nodes/shared/fields';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { existingLeadFields, leadChanges, otherLeadFields } from '../../nodes/LeadSquared/entities';
import { findByPhone, searchedPhone } from '../../nodes/LeadSquared/leadByPhone';
import { leadTypes } from '../../nodes/LeadSquared/leadTypes';
import { sortedWhole } from '../../nodes/LeadSquared/listFields';
import { leadFieldNames, leadSources, leadStages, uniqueLeadFields } from '../../nodes/LeadSquared/lookups';

const fields = [
	{ SchemaName: 'ProspectID', DisplayName: 'Lead Id', DataType: 'Text', IsLeadIdentifier: true },
	{ SchemaName: 'CreatedOn', DisplayName: 'Created On', DataType: 'Date', IsMandatory: true },
	{ SchemaName: 'LastName', DisplayName: 'Last Name', DataType: 'Text', IsMandatory: true },
	{ SchemaName: 'EmailAddress', DisplayName: 'Email', DataType: 'Email', IsLeadIdentifier: true },
	{
		SchemaName: 'ProspectStage',
		DisplayName: 'Lead Stage',
		DataType: 'Select',
		Options: [{ Value: 'Prospect' }, { Value: 'Customer' }],
	},
	{ SchemaName: 'Source', DisplayName: 'Lead Source', DataType: 'Select', Options: ['Direct Traffic', 'Referral'] },
	{ SchemaName: 'mx_Zip', DisplayName: 'Postcode', DataType: 'Text', IsMandatory: true },
	{ SchemaName: 'Score', DisplayName: 'Score', DataType: 'Number' },
	{ SchemaName: 'DoNotEmail', DisplayName: 'Do Not Email', DataType: 'Boolean' },
	{ SchemaName: 'mx_Since', DisplayName: 'Since', DataType: 'Date' },
];

test('values get the types of their fields, not the types that they look like', async () => {
	const sent: ApiRequest[] = [];
	const convert = await leadTypes(async (request) => (sent.push(request), fields));

	expect(sent).toEqual([
		{
			method: 'GET',
			path: '/LeadManagement.svc/LeadsMetaData.Get',
			query: { excludeOptionSets: '1' },
			effect: 'reads',
		},
	]);
	expect(
		convert({
			Score: '10',
			DoNotEmail: '0',
			mx_Zip: '01310',
			Phone: '9000000000',
			mx_Since: '2026-07-01',
			constructor: '1',
		}),
	).toEqual({
		Score: 10,
		DoNotEmail: false,
		mx_Zip: '01310',
		Phone: '9000000000',
		mx_Since: '2026-07-01',
		constructor: '1',
	});
});

test.each([
	['Score', '-3.50', -3.5],
	['Score', '', ''],
	['Score', null, null],
	['Score', '1e3', '1e3'],
	['Score', '0x10', '0x10'],
	['Score', '12345678901234567890', '12345678901234567890'],
	['Score', '12345678901234567', '12345678901234567'],
	['Score', '12345678901234567000', '12345678901234567000'],
	['Score', '0.12345678901234567890', '0.12345678901234567890'],
	['Score', '33.333333333333333333333333', '33.333333333333333333333333'],
	['Score', '0.1', 0.1],
	['Score', '-0.50', -0.5],
	['Score', '9007199254740991', 2 ** 53 - 1],
	['Score', '+5', '+5'],
	['Score', '007', '007'],
	['Score', 7, 7],
	['DoNotEmail', '1', true],
	['DoNotEmail', 'True', true],
	['DoNotEmail', 'false', false],
	['DoNotEmail', 'Yes', 'Yes'],
	['DoNotEmail', '', ''],
])('%s with the value %j becomes %j', async (name, value, expected) => {
	const convert = await leadTypes(async () => fields);

	expect(convert({ [name]: value })).toEqual({ [name]: expected });
});

test('a response without a list of fields is an error, so values are not returned unconverted', async () => {
	await expect(leadTypes(async () => ({}))).rejects.toThrow('The response contains no list');
});

test('the mapper leaves out fields of the form and fields that are not writable, and requires mandatory fields only for new leads', () => {
	const shown = (list: ReturnType<typeof leadChanges.fields>) =>
		list.map(({ id, required }) => `${id}${required ? '*' : ''}`);

	expect(shown(existingLeadFields.fields(fields))).toEqual(
		expect.arrayContaining(['ProspectID', 'LastName', 'mx_Zip', 'Source']),
	);
	expect(shown(otherLeadFields.fields(fields))).toEqual(['mx_Zip*', 'Score', 'DoNotEmail', 'mx_Since']);
	expect(shown(leadChanges.fields(fields))).toEqual(['mx_Zip', 'Score', 'DoNotEmail', 'mx_Since']);
});

test('lists contain all fields, the unique fields, and the values of stage and source in both forms of the vendor', () => {
	const entries = [leadFieldNames, uniqueLeadFields, leadStages, leadSources].map(({ records, entry }) =>
		records!(fields).map((record) => entry(record).value),
	);

	expect(entries[0]).toEqual(fields.map(({ SchemaName }) => SchemaName));
	expect(entries.slice(1)).toEqual([['EmailAddress'], ['Prospect', 'Customer'], ['Direct Traffic', 'Referral']]);
	expect(uniqueLeadFields.entry(fields[3])).toEqual({ name: 'Email', value: 'EmailAddress' });
	expect([leadFieldNames.ask!(''), leadStages.ask!(''), leadSources.ask!('')]).toEqual([
		{ excludeOptionSets: '1' },
		{ schemaName: 'ProspectStage' },
		{ schemaName: 'Source' },
	]);
});

test('a list is sorted by a column and a direction, or not at all', () => {
	const message = "'Sort By' and 'Sort Direction' must be set together, but one of them is empty";

	expect(sortedWhole({ ColumnName: 'CreatedOn', Direction: '1' })).toBeUndefined();
	expect(sortedWhole({ ColumnName: undefined, Direction: undefined })).toBeUndefined();
	expect([
		sortedWhole({ ColumnName: 'CreatedOn', Direction: undefined }),
		sortedWhole({ ColumnName: undefined, Direction: '0' }),
	]).toEqual([message, message]);
});

describe('a search by phone', () => {
	const read = (value: unknown) => {
		const { spec } = searchedPhone('Phone') as Field;
		return spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } }).safeParse(value).data as unknown;
	};
	const request: ApiRequest = {
		method: 'GET',
		path: '/LeadManagement.svc/RetrieveLeadByPhoneNumber',
		query: { phone: '+919000000000' },
		effect: 'reads',
	};

	/**
	 * Searches a lead by phone number.
	 *
	 * @param stored form under which the account has the lead
	 */
	async function search(phone: string, stored?: string, response: unknown = []) {
		const sent: unknown[] = [];
		const found = await findByPhone(
			async ({ query }) => (sent.push(query.phone), query.phone === stored ? [{ ProspectID: 'a' }] : response),
			{
				...request,
				query: { phone },
			},
		);
		return { sent, count: Array.isArray(found) ? found.length : isObject(found) };
	}

	test.each([
		['of Mexico', '+5215512345678', ['+5215512345678', '+52-15512345678', '+525512345678', '+52-5512345678']],
		['of Argentina', '+541123456789', ['+541123456789', '+54-1123456789', '+5491123456789', '+54-91123456789']],
		['of Brazil', '+551188887777', ['+551188887777', '+55-1188887777', '+5511988887777', '+55-11988887777']],
		['of a landline in Brazil', '+551133334444', ['+551133334444', '+55-1133334444']],
		['without country code', '11988887777', ['11988887777']],
	])('for a number %s tries its other forms until one is found', async (_, phone, forms) => {
		expect(await search(phone)).toEqual({ sent: forms, count: 0 });
		expect(await search(phone, forms.at(-1))).toEqual({ sent: forms, count: 1 });
	});

	test.each([
		['+91-90000 00000', '+919000000000'],
		['(080) 4123.4567', '08041234567'],
		['0091 9000000000', '+919000000000'],
		[9000000000, '9000000000'],
		['none', undefined],
		['+', undefined],
		['12', undefined],
		['+91;900', undefined],
	])('reads %j as %j', (given, expected) => {
		expect(read(given)).toBe(expected);
	});

	test('sends the plain number first, and the number with a hyphen only if the first finds nothing', async () => {
		expect(await search('+919000000000', '+919000000000')).toEqual({ sent: ['+919000000000'], count: 1 });
		expect(await search('+919000000000', '+91-9000000000')).toEqual({
			sent: ['+919000000000', '+91-9000000000'],
			count: 1,
		});
		expect(await search('+919000000000')).toEqual({ sent: ['+919000000000', '+91-9000000000'], count: 0 });
	});

	test('does not guess the country of a number', async () => {
		expect(await search('9000000000')).toEqual({ sent: ['9000000000'], count: 0 });
	});

	test('returns a response that is not a list unchanged', async () => {
		expect(await search('+919000000000', undefined, { odd: true })).toEqual({ sent: ['+919000000000'], count: true });
	});
});
