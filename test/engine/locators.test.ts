import type { IDataObject, INode, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/base/json';
import { oneOf, type Field, type Fields } from '../../nodes/shared/fields';
import { collectionOf, placedFields, type Operation, type PlacedField } from '../../nodes/shared/form/operation';
import { inputReader } from '../../nodes/shared/run/input';
import { pack } from '../support/run';
import { operations, vendors } from '../support/vendors';
import { workflowOf, type NodeName } from '../support/workflows';
import { prepare } from './engine';
import { executeContext } from './engineApi';

type Locator = INodeProperties & { modes: INodePropertyMode[] };

const isLocator = (element: { type: string }): element is Locator => element.type === 'resourceLocator';

/** The form elements of a field that are locators: its own, or those in its rows. */
function locatorsOf({ spec }: Field): Array<{ element: Locator; others: Locator[]; inRow: boolean }> {
	const { ui } = spec;
	if (isLocator(ui as INodeProperties)) return [{ element: { ...ui, displayName: spec.label } as Locator, others: [], inRow: false }];
	if (ui.type !== 'fixedCollection') return [];
	const elements = (ui.options as Array<{ values: INodeProperties[] }>)[0].values.filter(isLocator);
	return elements.map((element) => ({ element, others: elements.filter((other) => other !== element), inRow: true }));
}

/** Every locator of every operation, with where it stands. */
const all = operations.flatMap(({ title, parts, resource, value, operation }) =>
	placedFields(operation.fields).flatMap((placed) =>
		locatorsOf(placed.field).map((locator) => ({
			...locator,
			name: `${title}: ${locator.element.displayName}${placed.variant ? ` (${placed.variant.value})` : ''}`,
			node: parts.name as NodeName,
			form: { resource, operation: value },
			operation,
			placed,
		})),
	),
);
type Place = (typeof all)[number];

const exampleIn = ({ placeholder }: INodePropertyMode) => placeholder!.replace('e.g. ', '');
const exampleOf = ({ modes }: Locator) => exampleIn(modes[1]);

/** The operation as if it had this field alone. */
function onlyWith(operation: Operation, { key, field, variant }: PlacedField): Operation {
	const fields: Fields = variant ? { [variant.parameter]: oneOf('', { [variant.value]: { name: '', fields: { [key]: field } } }) } : { [key]: field };
	return { ...operation, fields, rules: [] };
}

const nodes = new Map<NodeName, ReturnType<typeof prepare> & { opened: INode }>();

/** A node in a workflow as n8n opened it; opening takes longer than all reading. */
function openedNode(node: NodeName) {
	const known = nodes.get(node);
	if (known) return known;
	const prepared = prepare(workflowOf(node, {}), { pack, credentials: {} });
	const opened = Object.values(prepared.workflow.nodes).find(({ type }) => type.endsWith(`.${node}`))!;
	nodes.set(node, { ...prepared, opened });
	return { ...prepared, opened };
}

/** Reads the locator from a node, in n8n's own context, as the editor stored it. */
function readerOf({ node, form, operation, placed, element, others, inRow }: Place) {
	const { key, variant, open } = placed;
	const parameters = { ...form, ...(variant ? { [variant.parameter]: variant.value } : {}) };
	const rest = Object.fromEntries(others.map((other) => [other.name, exampleOf(other)]));
	const stored = (value: unknown): IDataObject => {
		const given = { [key]: inRow ? { values: [{ ...rest, [element.name]: value }] } : value } as IDataObject;
		return open ? given : { [collectionOf(operation)]: given };
	};
	const { workflow, additionalData, opened } = openedNode(node);
	const { formats } = vendors.find(({ name }) => name === node)!.vendor;
	return (value: unknown, json: IDataObject = {}): unknown => {
		opened.parameters = { ...parameters, ...stored(value) } as INode['parameters'];
		const context = executeContext(workflow, opened, additionalData, [{ json: { filled: exampleOf(element), ...json } }]);
		const read = inputReader(context, onlyWith(operation, placed), { zone: 'UTC', formats })(0).input[key];
		return inRow ? (read as IDataObject[])[0][element.name] : read;
	};
}

const withAndWithoutMark = (locator: IDataObject) => [{ __rl: true, ...locator }, locator];

/** What the editor, an expression, an agent or a program stores of one and the same record. */
function filledForms({ modes }: Locator): Array<[stored: unknown, json?: IDataObject]> {
	const [, typed, ...others] = modes;
	const value = exampleIn(typed);
	const url = others.find(({ name }) => name === 'url');
	const byExpression = ['list', typed.name].flatMap((mode) => withAndWithoutMark({ mode, value: '={{ $json.filled }}' }));
	return [
		...['list', typed.name].flatMap((mode) => withAndWithoutMark({ mode, value, cachedResultName: 'Any' })),
		...byExpression,
		[`  ${value}\u200b`],
		['={{ $json.filled }}'],
		...withAndWithoutMark({ mode: 'id', value }).flatMap((locator) => [['={{ $json.locator }}', { locator }] as [unknown, IDataObject]]),
		...withAndWithoutMark({ mode: 'id', value: '={{ $json.locator }}' }).map((outer): [unknown, IDataObject] => [outer, { locator: { mode: 'list', value } }]),
		...(url ? withAndWithoutMark({ mode: 'url', value: ` ${exampleIn(url).replace(/\d+$/, value)} ` }) : []),
	].map((form) => (Array.isArray(form) ? form : [form])) as Array<[unknown, IDataObject?]>;
}

/** What is stored where nobody chose a record. */
const emptyForms = ({ modes }: Locator): unknown[] => [
	...modes.flatMap(({ name: mode }) => ['', ' \u200b', null, '={{ $json.missing }}'].flatMap((value) => withAndWithoutMark({ mode, value }))),
	...withAndWithoutMark({ mode: 'list' }),
	...withAndWithoutMark({ mode: 'list', value: { mode: 'list', value: '' } }),
	'',
	null,
	'={{ $json.missing }}',
];

test('there are locators at the top level and in collections of every node, and in rows', () => {
	const places = new Set(all.map(({ node, inRow, placed: { open } }) => `${node} ${inRow ? 'in a row' : open ? 'open' : 'in a collection'}`));

	expect([...places].sort()).toEqual([...vendors.flatMap(({ name }) => [`${name} in a collection`, `${name} open`]), 'wegly in a row'].sort());
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
			? `'${spec.label}'${where} is required and is empty [item 0]`
			: operation.many && !placed.open
				? `'${spec.label}' was added and is empty [item 0]`
				: undefined;

	const filled = filledForms(element);
	expect(plain).toBeDefined();
	expect(filled.map((form) => [form, told(form)])).toEqual(filled.map((form) => [form, told([exampleOf(element)])]));
	const empty = emptyForms(element);
	expect(empty.map((form) => [form, told([form])])).toEqual(empty.map((form) => [form, refused]));
});
