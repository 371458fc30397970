import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { docstringsOf, type Documented, type DocumentedType } from './docstrings';

const FIELDS = 'nodes/shared/fields';
const OPERATION = 'nodes/shared/form/operation.ts';
const LOOKUP = 'nodes/shared/fields/lookup.ts';
const ENTITY_FIELDS = 'nodes/shared/fields/entityFields.ts';
const TRIGGER = 'nodes/shared/trigger/trigger.ts';
const POLLED = 'nodes/shared/trigger/polled.ts';
const API_REQUEST = 'nodes/shared/form/apiRequest.ts';
const FIELD = `${FIELDS}/field.ts`;

export const descriptorsFile = 'docs/descriptors.md';

const escaped = (text: string) => text.replaceAll('|', '\\|');
const table = (head: readonly string[], rows: string[][]) =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function typeIn(file: string, name: string): DocumentedType {
	const found = docstringsOf(file).types.find((type) => type.name === name);
	if (!found) throw new Error(`${file} has no type ${name}, which ${descriptorsFile} shows`);
	return found;
}

/** The section of an interface: a row for each property. */
function propertiesOf(file: string, name: string): string {
	const { text, members } = typeIn(file, name);
	const rows = members.map((member) => [
		`\`${member.name}${member.isOptional ? '?' : ''}\``,
		`\`${escaped(member.type)}\``,
		member.text,
	]);
	return [
		`### \`${name}\``,
		`${text.replaceAll('<br>', '\n\n')} ([source](../${file}))`,
		table(['Property', 'Type', 'Meaning'], rows),
	].join('\n\n');
}

const methodRows = (members: readonly Documented[]) =>
	members.map(({ name, type, text }) => [`\`.${name}${escaped(type)}\``, text]);

/** The files whose builders a descriptor may use, as their index exports them. */
const fieldFiles = () =>
	[...readFileSync(path.join(__dirname, '..', '..', FIELDS, 'index.ts'), 'utf8').matchAll(/'\.\/(\w+)'/g)]
		.map(([, name]) => `${FIELDS}/${name}.ts`)
		.sort();

/** Names of the classes that builders return. */
const fieldClasses = () =>
	readdirSync(path.join(__dirname, '..', '..', FIELDS))
		.filter((name) => name.endsWith('.ts'))
		.flatMap((name) => docstringsOf(`${FIELDS}/${name}`).types)
		.filter(({ name, base }) => base !== undefined || ['Field', 'Nested', 'OneOf'].includes(name));

/** The functions that make fields, and their helpers for choices. */
function builders(): Documented[] {
	const kinds = [...fieldClasses().map(({ name }) => name), 'Choices'];
	const returns = (type: string) => /.*\): (\w+)/.exec(type)?.[1] ?? '';
	return fieldFiles()
		.flatMap((file) => docstringsOf(file).functions)
		.filter(({ type }) => kinds.includes(returns(type)))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function methodSections(): string[] {
	return fieldClasses()
		.filter(({ name, members }) => name !== 'Field' && members.some(({ type }) => type.startsWith('(')))
		.sort((a, b) => a.name.localeCompare(b.name))
		.map(({ name, base, members }) =>
			[
				`### \`${name}\``,
				base ? `Extends \`${base}\`.` : 'A part of a descriptor.',
				table(['Method', 'Meaning'], methodRows(members.filter(({ type }) => type.startsWith('(')))),
			].join('\n\n'),
		);
}

const functionsOf = (file: string) => {
	const { functions } = docstringsOf(file);
	return table(
		['Function', 'Meaning'],
		functions.map(({ name, type, text }) => [`\`${name}${escaped(type)}\``, text]),
	);
};

const shownTypes: ReadonlyArray<readonly [file: string, name: string]> = [
	[OPERATION, 'Descriptor'],
	[OPERATION, 'BulkEndpoint'],
	[OPERATION, 'Resource'],
	[FIELD, 'FieldSpec'],
	[LOOKUP, 'Lookup'],
	[LOOKUP, 'ShownAt'],
	[ENTITY_FIELDS, 'EntityFields'],
	[ENTITY_FIELDS, 'MappedField'],
	[TRIGGER, 'Trigger'],
	[TRIGGER, 'VendorEvent'],
	[TRIGGER, 'Filter'],
	[TRIGGER, 'Subscription'],
	[POLLED, 'PolledEvent'],
	[POLLED, 'ByMoment'],
	[POLLED, 'ByWindow'],
	[API_REQUEST, 'ApiFacts'],
];

/** Declarations on the page that say nothing about themselves. */
export function undocumented(): string[] {
	return [
		...shownTypes
			.map(([file, name]) => typeIn(file, name))
			.flatMap(({ name, text, members }) => [
				...(text === '' ? [name] : []),
				...members.filter((member) => member.text === '').map((member) => `${name}.${member.name}`),
			]),
		...builders()
			.filter(({ text }) => text === '')
			.map(({ name }) => `${name}()`),
	];
}

/** The reference of the descriptors, from the docstrings of their types. */
export function descriptorsPage(): string {
	const outputs = docstringsOf(OPERATION).constants.filter(({ type }) => type.startsWith('Symbol('));
	return `${[
		'# Descriptors',
		'Written from the docstrings of the types by `npm run docs`: edit those, not this page. [Architecture](architecture.md) shows how the parts fit together, and [CONTRIBUTING](../CONTRIBUTING.md) how to add one.',
		'## Operations',
		propertiesOf(OPERATION, 'Descriptor'),
		'Values of `output` besides a name:',
		table(
			['Value', 'Meaning'],
			outputs.map(({ name, text }) => [`\`${name}\``, text]),
		),
		propertiesOf(OPERATION, 'BulkEndpoint'),
		propertiesOf(OPERATION, 'Resource'),
		propertiesOf(API_REQUEST, 'ApiFacts'),
		'## Fields',
		typeIn(FIELD, 'Field').text.replaceAll('<br>', '\n\n'),
		'### Builders',
		table(
			['Builder', 'Meaning'],
			builders().map(({ name, type, text }) => [`\`${name}${escaped(type)}\``, text]),
		),
		'### Methods of every field',
		table(['Method', 'Meaning'], methodRows(typeIn(FIELD, 'Field').members)),
		...methodSections(),
		propertiesOf(FIELD, 'FieldSpec'),
		'## Rules',
		'Functions that make a rule on the whole input, for `rules` of an operation.',
		functionsOf('nodes/shared/form/rules.ts'),
		'## Lists of the vendor',
		propertiesOf(LOOKUP, 'Lookup'),
		propertiesOf(LOOKUP, 'ShownAt'),
		propertiesOf(ENTITY_FIELDS, 'EntityFields'),
		propertiesOf(ENTITY_FIELDS, 'MappedField'),
		'## Triggers',
		propertiesOf(TRIGGER, 'Trigger'),
		propertiesOf(TRIGGER, 'VendorEvent'),
		propertiesOf(TRIGGER, 'Filter'),
		propertiesOf(TRIGGER, 'Subscription'),
		'## Polling triggers',
		propertiesOf(POLLED, 'PolledEvent'),
		propertiesOf(POLLED, 'ByMoment'),
		propertiesOf(POLLED, 'ByWindow'),
	].join('\n\n')}\n`;
}
