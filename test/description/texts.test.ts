import type { INodeProperties } from 'n8n-workflow';
import manifest from '../../package.json';
import { loadPack } from '../engine/pack';
import { betaDescription } from '../../nodes/shared/form/properties';
import { operations } from '../support/vendors';

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

/** What a user fills in, also inside collections and rows, and in each way of a locator. */
function fieldsIn(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((property) => {
		const inside = (property.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? [option] : [],
		);
		const own =
			['collection', 'notice', 'hidden'].includes(property.type) || ['resource', 'operation'].includes(property.name)
				? []
				: [property];
		return [...own, ...fieldsIn(inside)];
	});
}

const labels = (fields: INodeProperties[]) => fields.map(({ displayName }) => displayName);

const { nodeTypes, credentialTypes } = loadPack('source');
const forms = [
	...Object.values(nodeTypes).map(({ description: { displayName, properties } }) => ({ displayName, properties })),
	...Object.values(credentialTypes),
];

describe.each(forms)('the form of $displayName', ({ properties }) => {
	const fields = fieldsIn(properties);

	test('says of each field that is not self-evident what it is', () => {
		expect(
			labels(fields.filter(({ displayName, description }) => !description && !SELF_EVIDENT.includes(displayName))),
		).toEqual([]);
	});

	test('shows an example in each text field, also where a locator takes text', () => {
		const texts = fields.filter(({ type, placeholder }) => type === 'string' && !placeholder);
		const typed = fields.flatMap(({ displayName, modes = [] }) =>
			modes.map((mode) => ({ ...mode, displayName: `${displayName}, ${mode.displayName}` })),
		);

		expect([
			...labels(texts),
			...typed
				.filter(({ type, placeholder }) => type === 'string' && !placeholder)
				.map(({ displayName }) => displayName),
		]).toEqual([]);
	});
});

test('no example of a line of text is longer than the editor shows: an ID is the longest', () => {
	const lines = forms
		.flatMap(({ properties }) => fieldsIn(properties))
		.filter(({ type, typeOptions }) => type === 'string' && !typeOptions?.rows);

	expect(
		lines
			.map(({ placeholder = '' }) => placeholder)
			.filter((example) => example.length > 'e.g. 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c'.length),
	).toEqual([]);
});

test('the form of each node and trigger and of each credential is looked at', () => {
	expect(forms.map(({ displayName }) => displayName).length).toBe(
		manifest.n8n.nodes.length + manifest.n8n.credentials.length,
	);
	expect(forms.every(({ properties }) => fieldsIn(properties).length > 0)).toBe(true);
});

test("no operation's description is cut where n8n lists it, after 110 characters", () => {
	const shown = operations.map(({ title, operation: { description, unverified } }) => ({
		title,
		text: unverified === undefined ? description : betaDescription(description),
	}));

	expect(shown.filter(({ text }) => text.length > 110).map(({ title }) => title)).toEqual([]);
});
