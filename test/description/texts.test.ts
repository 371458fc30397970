import type { INodeProperties } from 'n8n-workflow';
import { properties } from '../../nodes/shared/form/properties';
import { operations, vendors } from '../support/vendors';

/** Labels that say all there is to say, whatever they stand beside. */
const SELF_EVIDENT = [
	'Address',
	'Description',
	'Email',
	'First Name',
	'Full Name',
	'Last Name',
	'Latitude',
	'Longitude',
	'Name',
	'Note',
	'Notes',
	'Quantity',
	'Subject',
	'Title',
];

/** What a user fills in, also inside collections and rows. */
function fieldsIn(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((property) => {
		const inside = (property.options ?? []).flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
		const own = ['collection', 'notice', 'hidden'].includes(property.type) || ['resource', 'operation'].includes(property.name) ? [] : [property];
		return [...own, ...fieldsIn(inside)];
	});
}

describe.each(vendors)('the form of $vendor.name', ({ resources }) => {
	const fields = fieldsIn(properties(resources));

	test('says of each field that is not self-evident what it is', () => {
		expect(fields.filter(({ displayName, description }) => !description && !SELF_EVIDENT.includes(displayName)).map(({ displayName }) => displayName)).toEqual(
			[],
		);
	});

	test('shows an example in each text field', () => {
		expect(fields.filter(({ type, placeholder }) => type === 'string' && !placeholder).map(({ displayName }) => displayName)).toEqual([]);
	});
});

test("no operation's description is cut where n8n lists it, after 110 characters", () => {
	expect(operations.filter(({ operation }) => operation.description.length > 110).map(({ title }) => title)).toEqual([]);
});
