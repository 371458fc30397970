import type { IDataObject, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/base/json';
import type { Field } from '../../nodes/shared/fields';
import { vendors } from '../support/vendors';
import { fieldReader, placedInForms } from './fieldReader';

type Locator = INodeProperties & { modes: INodePropertyMode[] };

const isLocator = (element: { type: string }): element is Locator => element.type === 'resourceLocator';

/** The form elements of a field that are locators: its own, or those in its rows. */
function locatorsOf({ spec }: Field): Array<{ element: Locator; others: Locator[]; inRow: boolean }> {
	const { ui } = spec;
	if (isLocator(ui as INodeProperties))
		return [{ element: { ...ui, displayName: spec.label } as Locator, others: [], inRow: false }];
	if (ui.type !== 'fixedCollection') return [];
	const elements = (ui.options as Array<{ values: INodeProperties[] }>)[0].values.filter(isLocator);
	return elements.map((element) => ({ element, others: elements.filter((other) => other !== element), inRow: true }));
}

/** Every locator of every operation, with where it stands. */
const all = placedInForms.flatMap((place) =>
	locatorsOf(place.placed.field).map((locator) => ({
		...place,
		...locator,
		name: locator.inRow ? `${place.name}: ${locator.element.displayName}` : place.name,
	})),
);
type Place = (typeof all)[number];

const exampleIn = ({ placeholder }: INodePropertyMode) => placeholder!.replace('e.g. ', '');
const exampleOf = ({ modes }: Locator) => exampleIn(modes[1]);

/** Reads the locator from a node as the editor stored it. */
function readerOf(place: Place) {
	const { element, others, inRow } = place;
	const read = fieldReader(place);
	const rest = Object.fromEntries(others.map((other) => [other.name, exampleOf(other)]));
	return (value: unknown, more: IDataObject = {}): unknown => {
		const json = { filled: exampleOf(element), ...more };
		if (!inRow) return read(value, json);
		const rows = read({ values: [{ ...rest, [element.name]: value }] }, json) as IDataObject[];
		return rows[0][element.name];
	};
}

const withAndWithoutMark = (locator: IDataObject) => [{ __rl: true, ...locator }, locator];

/** What the editor, an expression, an agent or a program stores of one and the same record. */
function filledForms({ modes }: Locator): Array<[stored: unknown, json?: IDataObject]> {
	const [, typed, ...others] = modes;
	const value = exampleIn(typed);
	const url = others.find(({ name }) => name === 'url');
	const byExpression = ['list', typed.name].flatMap((mode) =>
		withAndWithoutMark({ mode, value: '={{ $json.filled }}' }),
	);
	return [
		...['list', typed.name].flatMap((mode) => withAndWithoutMark({ mode, value, cachedResultName: 'Any' })),
		...byExpression,
		[`  ${value}\u200b`],
		['={{ $json.filled }}'],
		...withAndWithoutMark({ mode: 'id', value }).flatMap((locator) => [
			['={{ $json.locator }}', { locator }] as [unknown, IDataObject],
		]),
		...withAndWithoutMark({ mode: 'id', value: '={{ $json.locator }}' }).map((outer): [unknown, IDataObject] => [
			outer,
			{ locator: { mode: 'list', value } },
		]),
		...(url ? withAndWithoutMark({ mode: 'url', value: ` ${exampleIn(url).replace(/\d+$/, value)}\u200b` }) : []),
	].map((form) => (Array.isArray(form) ? form : [form])) as Array<[unknown, IDataObject?]>;
}

/** What is stored where nobody chose a record. */
const emptyForms = ({ modes }: Locator): unknown[] => [
	...modes.flatMap(({ name: mode }) =>
		['', ' \u200b', null, '={{ $json.missing }}'].flatMap((value) => withAndWithoutMark({ mode, value })),
	),
	...withAndWithoutMark({ mode: 'list' }),
	...withAndWithoutMark({ mode: 'list', value: { mode: 'list', value: '' } }),
	'',
	null,
	'={{ $json.missing }}',
];

test('there are locators at the top level and in collections of every node, and in rows', () => {
	const places = new Set(
		all.map(({ node, inRow, placed: { open } }) => `${node} ${inRow ? 'in a row' : open ? 'open' : 'in a collection'}`),
	);

	expect([...places].sort()).toEqual(
		[...vendors.flatMap(({ name }) => [`${name} in a collection`, `${name} open`]), 'wegly in a row'].sort(),
	);
});

test.each(all)('$name is the same record in every stored form, and nothing where nobody chose one', (place) => {
	const { operation, placed, element, inRow } = place;
	const read = readerOf(place);
	const plain = read(exampleOf(element));
	const told = (form: readonly [unknown, IDataObject?]) => {
		try {
			const value = read(...form);
			// The mode says which member of the request an ID or an email address goes into.
			return isObject(value) && 'mode' in value ? value.value : value;
		} catch (error) {
			return (error as Error).message;
		}
	};
	const { spec } = placed.field;
	const where = inRow ? ` (row 1, '${element.displayName}')` : '';
	const refused =
		element.required || spec.required
			? `'${spec.label}'${where} is required but empty [item 0]`
			: operation.many && !placed.open
				? `'${spec.label}' is empty. Enter a value or remove the field [item 0]`
				: undefined;

	const filled = filledForms(element);
	expect(plain).toBeDefined();
	expect(filled.map((form) => [form, told(form)])).toEqual(filled.map((form) => [form, told([exampleOf(element)])]));
	const empty = emptyForms(element);
	expect(empty.map((form) => [form, told([form])])).toEqual(empty.map((form) => [form, refused]));
});
