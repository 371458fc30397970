import type { INodePropertyMode, INodePropertyTypeOptions } from 'n8n-workflow';
import { toText } from '../base/json';
import { tidy } from '../base/text';
import { z } from '../base/zod';
import { Field, isLocator, locatorValue, type SentFields } from './field';
import type { Lookup, ShownAt } from './lookup';
import { integer } from './numbers';
import { list } from './structures';
import { email, text, uuid } from './text';

const idKinds = {
	integer: (label: string) => integer(label).min(1),
	numberAsText: (label: string) => integer(label).min(1).asText(),
	uuid,
	text: (label: string) => text(label).tidy(),
} as const;

interface Located {
	mode: string;
	value: unknown;
}

/** Reads a locator as n8n stores it, or the plain value that an expression returns. */
function inMode(given: unknown): Located {
	const mode = isLocator(given) && typeof given.mode === 'string' ? given.mode : 'id';
	return { mode, value: locatorValue(given) };
}

function mode(
	type: INodePropertyMode['type'],
	name: string,
	displayName: string,
	rest: Partial<INodePropertyMode>,
): INodePropertyMode {
	return { displayName, name, type, ...rest };
}

function listMode({ name, noun, filterRequired }: Lookup): INodePropertyMode {
	const typeOptions = {
		searchListMethod: name,
		searchable: true,
		...(filterRequired ? { searchFilterRequired: true } : {}),
	};
	return mode('list', 'list', 'From List', { placeholder: `Select ${noun}...`, typeOptions });
}

function described({ description }: Lookup): { description?: string } {
	return description === undefined ? {} : { description };
}

/**
 * Returns the option that reloads the list when the field it depends on changes. The editor clears the value too. That
 * field may be outside or beside this one in a collection (`&`), and hold a text or a locator.
 */
function reloading({ dependsOn }: Lookup): { typeOptions?: INodePropertyTypeOptions } {
	const places = (name: string) => [name, `${name}.value`, `&${name}`, `&${name}.value`];
	return dependsOn ? { typeOptions: { loadOptionsDependsOn: dependsOn.flatMap(places) } } : {};
}

function typedMode(displayName: string, name: string, example: string): INodePropertyMode {
	return mode('string', name, displayName, { placeholder: `e.g. ${example}` });
}

/** The URL of a record's page, with the ID as the only group. Anything may follow the ID. */
const urlPattern = ({ path }: ShownAt) => `^\\s*https?://[^\\s?#]+${path}/([0-9]+)(?:[/?#]\\S*)?\\s*$`;

/** Returns the mode of a locator for the URL of a record's page. */
function urlMode(shownAt: ShownAt): INodePropertyMode {
	const regex = urlPattern(shownAt);
	const validation = [
		{
			type: 'regex',
			properties: { regex, errorMessage: `Copy the whole URL of the record's page, like ${shownAt.example}` },
		},
	] as const;
	return mode('string', 'url', 'By URL', {
		placeholder: `e.g. ${shownAt.example}`,
		extractValue: { type: 'regex', regex },
		validation: [...validation],
	});
}

/** Returns the ID in a locator, also from a URL. The mode does not matter, because expressions return either one. */
function idIn(value: unknown, shownAt: ShownAt | undefined): unknown {
	const given = locatorValue(value);
	if (typeof given !== 'string') return given;
	const text = tidy(given);
	return (shownAt && new RegExp(urlPattern(shownAt)).exec(text)?.[1]) ?? text;
}

/**
 * Returns how an error message describes the ID. A UUID has a form, a number has bounds, and other text has neither.
 */
const idText = ({ id }: Lookup, expects: string) =>
	id === 'uuid' ? expects : id === 'text' ? 'an ID' : `an ID (${expects})`;

/**
 * Creates a locator for a record of the vendor. The user picks it from a searchable list or enters its ID, or its URL
 * if the lookup has `shownAt`.
 *
 * @example pick('Task', tasks).required()
 */
export function pick(label: string, lookup: Lookup): Field<string | number> {
	const id = idKinds[lookup.id](label).spec;
	const { shownAt } = lookup;
	return new Field<string | number>({
		label,
		wire: id.wire,
		expects: `picked from the list or be ${idText(lookup, id.expects)}${shownAt ? ' or the URL of its page' : ''}`,
		ui: {
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			...described(lookup),
			...reloading(lookup),
			modes: [listMode(lookup), typedMode('By ID', 'id', lookup.example), ...(shownAt ? [urlMode(shownAt)] : [])],
		},
		schema: (context) =>
			z
				.unknown()
				.transform((value) => idIn(value, shownAt))
				.pipe(id.schema(context)),
	});
}

/** Returns the name in a locator. A name from the list keeps the vendor's spelling, inner blanks included. */
function nameIn(given: unknown): unknown {
	const { mode, value } = inMode(given);
	if (typeof value !== 'string') return value;
	return mode === 'list' ? value.trim() : tidy(value);
}

/**
 * Creates a locator for a record that the vendor identifies by its name. The user picks it from a searchable list or
 * enters the name.
 *
 * @example pickName('Lead Field', leadFields)
 */
export function pickName(label: string, lookup: Lookup): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string' },
		expects: 'picked from the list or be a name',
		ui: {
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			...described(lookup),
			modes: [listMode(lookup), typedMode('By Name', 'name', lookup.example)],
		},
		schema: (context) => z.unknown().transform(nameIn).pipe(text(label).spec.schema(context)),
	});
}

/**
 * Creates a multi-select for records of a short list, by their IDs. An expression may return a list or
 * comma-separated text.
 *
 * @example pickSeveral('User', users)
 */
export function pickSeveral(label: string, lookup: Lookup): Field<string[]> {
	const { spec } = list(`${label} Names or IDs`, text(label));
	const description =
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
	return new Field<string[]>({
		...spec,
		ui: { type: 'multiOptions', default: [], description, typeOptions: { loadOptionsMethod: lookup.name } },
	});
}

/**
 * Creates a locator for a user by list, ID or email address. ID and email address are sent in different properties.
 *
 * @param members names of the two properties
 * @example pickByIdOrEmail('Owner', users, { id: 'OwnerId', email: 'OwnerEmail' })
 */
export function pickByIdOrEmail(label: string, lookup: Lookup, members: { id: string; email: string }): Field<Located> {
	const id = idKinds[lookup.id](label).spec;
	const address = email(label).spec;
	return new Field<Located>({
		label,
		wire: { type: 'object', properties: { [members.id]: id.wire, [members.email]: address.wire } },
		expects: `picked from the list or be ${idText(lookup, id.expects)} or an email address`,
		ui: {
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			...described(lookup),
			modes: [
				listMode(lookup),
				typedMode('By ID', 'id', lookup.example),
				typedMode('By Email', 'email', 'name@email.com'),
			],
		},
		schema: (context) => {
			const byMode = (kind: typeof id) => z.object({ mode: z.string(), value: kind.schema(context) });
			return z
				.unknown()
				.transform(inMode)
				.transform((given) =>
					given.mode !== 'email' && toText(given.value).includes('@') ? { ...given, mode: 'email' } : given,
				)
				.pipe(
					z.union([
						byMode(address).extend({ mode: z.literal('email') }),
						byMode(id).refine(({ mode }) => mode !== 'email'),
					]),
				);
		},
		write: (value): SentFields => {
			const { mode, value: sent } = value as Located;
			return [[mode === 'email' ? members.email : members.id, sent]];
		},
	});
}
