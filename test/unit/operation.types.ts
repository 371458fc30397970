/** What the compiler refuses in a descriptor: each line below an expectation has to be an error, or `npx tsc` fails. */
import { date, email, integer, list, nested, oneOf, phone, text } from '../../nodes/shared/fields';
import { operation } from '../../nodes/shared/form/operation';
import { emailOrPhone, inOrder } from '../../nodes/shared/form/rules';

const head = {
	name: 'Create',
	action: 'Create task',
	description: 'Create a task',
	page: 'https://x.example',
	contract: 'createTask',
} as const;
const base = { ...head, request: 'POST /tasks', effect: 'writes' } as const;

const fields = {
	subject: text('Subject').required(),
	from: date('From'),
	until: date('Until'),
	person: nested({ city: text('City'), address: nested({ street: text('Street') }) }),
	when: oneOf('When', {
		now: { name: 'Now', fields: {} },
		later: {
			name: 'Later',
			fields: { day: date('Day').required(), place: nested({ room: text('Room') }), level: integer('Level') },
		},
		never: { name: 'Never', fields: { why: text('Why'), level: text('Level') } },
	}),
};

/** Takes a value of exactly this type. */
const exactly =
	<Type>() =>
	<Given>(_value: Given, ..._same: [Type] extends [Given] ? ([Given] extends [Type] ? [] : ['wider']) : ['narrower']) =>
		undefined;

export const reachable = operation({
	...base,
	fields,
	rules: [
		(input) => exactly<string>()(input.subject),
		(input) => exactly<string | undefined>()(input.from),
		(input) => exactly<string | undefined>()(input.city),
		(input) => exactly<string | undefined>()(input.street),
		(input) => exactly<'now' | 'later' | 'never'>()(input.when),
		(input) => exactly<string | undefined>()(input.day),
		(input) => exactly<string | undefined>()(input.room),
		(input) => exactly<string | number | undefined>()(input.level),
		inOrder(['from', 'From'], ['day', 'Day']),
	],
	run: async (ask, call, input) => await ask({ ...call, query: { subject: input.subject, why: input.why } }),
});

export const misspelt = operation({
	...base,
	fields,
	rules: [
		// @ts-expect-error there is no such field
		(input) => (input.subjct ? 'x' : undefined),
		// @ts-expect-error there is no such field
		({ untl }) => (untl ? 'x' : undefined),
		// @ts-expect-error there is no such field inside the object
		(input) => (input.cty ? 'x' : undefined),
		// @ts-expect-error the object itself has no value of its own
		(input) => (input.person ? 'x' : undefined),
		// @ts-expect-error there is no such field in any variant
		(input) => (input.dy ? 'x' : undefined),
		// @ts-expect-error there is no such variant
		(input) => (input.when === 'latr' ? 'x' : undefined),
		// @ts-expect-error there is no such field
		inOrder(['frm', 'From'], ['until', 'Until']),
		// @ts-expect-error there is no such field
		inOrder(['from', 'From'], ['untl', 'Until']),
		// @ts-expect-error an operation without fields for both
		emailOrPhone('lead'),
	],
	// @ts-expect-error there is no such field
	run: async (ask, call, input) => await ask({ ...call, query: { subject: String(input.subjct) } }),
});

/** The builders of a kind are there after those that all fields have: their order does not matter. */
export const inAnyOrder = operation({
	...base,
	fields: {
		subject: text('Subject').required().max(5).formerly(date('Day')).rows(2),
		level: integer('Level').open().required().min(1).max(3),
		tags: list('Tags', text('Tag')).required().of('id'),
		day: date('Day').formerly(text('Day')),
	},
	rules: [
		(input) => exactly<string>()(input.subject),
		(input) => exactly<number>()(input.level),
		(input) => exactly<string[]>()(input.tags),
		(input) => exactly<string | undefined>()(input.day),
	],
});

const early = inOrder(['frm', 'From'], ['until', 'Until']);
const count = inOrder(['count', 'Count'], ['until', 'Until']);

export const misspeltBefore = operation({
	...base,
	fields: { ...fields, count: integer('Count') },
	rules: [
		// @ts-expect-error there is no such field
		early,
		// @ts-expect-error a number has no place in the order of days
		count,
	],
});

export const byEither = operation({
	...base,
	fields: { email: email('Email'), phone: phone('Phone') },
	rules: [emailOrPhone('lead')],
});

export const byOne = operation({
	...base,
	fields: { email: email('Email'), phon: phone('Phone') },
	// @ts-expect-error the other field is misspelt
	rules: [emailOrPhone('lead')],
});

// @ts-expect-error the path has a parameter that is no field
export const pathless = operation({ ...head, request: 'POST /tasks/{id}', effect: 'writes', fields });

const inner = oneOf('Inner', { now: { name: 'Now', fields: {} } });

// @ts-expect-error a choice inside an object would be in no form
export const choiceInObject = nested({ inner });

// @ts-expect-error a choice inside an object inside an object, too
export const choiceDeepInObject = nested({ outer: nested({ inner }) });

// @ts-expect-error a choice inside a variant would be in no form
export const choiceInVariant = oneOf('Outer', { a: { name: 'A', fields: { inner } } });

// @ts-expect-error a choice in an object inside a variant, too
export const choiceInObjectInVariant = oneOf('Outer', { a: { name: 'A', fields: { object: nested({ inner }) } } });
