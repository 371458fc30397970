import fc from 'fast-check';

/** Members that vendors' answers have, so that a random answer gets past the first look. */
const MEMBERS = [
	'id',
	'data',
	'error',
	'errors',
	'message',
	'task',
	'lead',
	'records',
	'pagination',
	'next',
	'meta',
	'has_more',
	'pipelines',
	'stages',
	'stage',
	'pipeline_id',
	'stage_id',
	'success',
	'sync_warning',
	'Status',
	'Message',
	'ExceptionType',
	'ExceptionMessage',
	'toString',
	'deal_assignees',
	'custom_attributes',
	'label_list',
	'inboxes',
	'lost_reasons',
	'name',
	'email',
	'phone',
];

const scalar = fc.oneof(
	fc.constant(null),
	fc.boolean(),
	fc.integer(),
	fc.double({ noNaN: true }),
	fc.string(),
	fc.constantFrom('', '0', '../..', 'MXInvalid', 'Error', '\u0000', '\ud800'),
);

/** Any JSON, with members that the readers of answers look for. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		scalar,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(fc.constantFrom(...MEMBERS), tie('value'), { maxKeys: 5 }),
	),
})).value;

/** Statuses that a server may come up with; none asks to slow down. */
export const anyStatus = fc.constantFrom(
	200,
	201,
	202,
	204,
	206,
	300,
	301,
	302,
	303,
	307,
	308,
	400,
	401,
	403,
	404,
	409,
	418,
	422,
	451,
	499,
	500,
	501,
	502,
	503,
	504,
	599,
);

/** Texts by which a language, and not this pack, speaks to a user. */
export const WORDS_OF_THE_LANGUAGE =
	/Cannot (read|convert|destructure|create|use)|is not (a function|iterable|defined|a constructor)|undefined is not|null is not|\[object Object\]|TypeError|RangeError|Maximum call stack/;

/** A choice that a failing run prints by its name, and not as all that hangs on it. */
export function namedOne<Value extends object>(
	values: readonly Value[],
	nameOf: (value: Value) => string,
): fc.Arbitrary<Value> {
	return fc
		.constantFrom(...values)
		.map((value) =>
			Object.defineProperty(Object.create(value) as Value, fc.toStringMethod, { value: () => nameOf(value) }),
		);
}

/** Rounds of a property test: few in the suite, many with `npm run fuzz`. */
export const rounds = (inSuite: number): number => Math.ceil(inSuite * Number(process.env.FUZZ_FACTOR ?? 1));
