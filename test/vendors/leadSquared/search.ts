import { compare, invalidInput, memberNamed, type Row } from './answers';

const lower = (value: unknown) => String(value ?? '').toLowerCase();
const has = (value: unknown, part: unknown) => lower(value).includes(lower(part));
const equal = (value: unknown, other: unknown) => lower(value) === lower(other);
/** Moments compare to the second, with milliseconds or without. */
const ordered = (value: unknown, other: unknown) =>
	compare(String(value ?? '').replace(/\.\d{1,3}$/, ''), String(other).replace(/\.\d{1,3}$/, ''));

type Test = (value: unknown, other: unknown) => boolean;
const isSet = (value: unknown) => value !== null && value !== undefined && value !== '';

/** Of Leads.Get and its siblings. https://apidocs.leadsquared.com/search-leads-by-criteria/ */
const sqlOperators: Record<string, Test> = {
	'=': equal,
	'<>': (value, other) => !equal(value, other),
	LIKE: (value, other) => has(value, String(other).replaceAll('%', '')),
	'>': (value, other) => isSet(value) && ordered(value, other) > 0,
	'<': (value, other) => isSet(value) && ordered(value, other) < 0,
	'>=': (value, other) => isSet(value) && ordered(value, other) >= 0,
	'<=': (value, other) => isSet(value) && ordered(value, other) <= 0,
};

/** Of advanced searches. Their full list is a picture in the vendor's pages. */
const shortOperators: Record<string, Test> = {
	eq: equal,
	neq: sqlOperators['<>'],
	lik: has,
	gt: sqlOperators['>'],
	lt: sqlOperators['<'],
	gte: sqlOperators['>='],
	lte: sqlOperators['<='],
};

function operatorOf(operators: Record<string, Test>, name: unknown): Test {
	const test = operators[String(name)];
	if (!test) throw invalidInput(`Operator '${String(name)}' is not known`);
	return test;
}

/** Whether a record has what LookupName, SqlOperator and LookupValue say. */
export function matchesLookup(record: Row, { LookupName, SqlOperator, LookupValue }: Row): boolean {
	const isMet = operatorOf(sqlOperators, SqlOperator);
	// The vendor compares the name by letter case, and another spelling finds nothing.
	return Object.hasOwn(record, String(LookupName)) && isMet(record[String(LookupName)], LookupValue);
}

type Value = (name: string) => unknown;
const joined = (operator: unknown, results: readonly boolean[]) =>
	String(operator).toLowerCase() === 'or' ? results.some(Boolean) : results.every(Boolean);

/** Conditions in a row, each joined to the next by the operator that it names. */
function chained<Kind extends Row>(
	parts: readonly Kind[],
	operator: keyof Kind & string,
	isMet: (part: Kind) => boolean,
): boolean {
	return parts
		.slice(1)
		.reduce(
			(result, part, index) => joined(parts[index][operator], [result, isMet(part)]),
			parts.length === 0 || isMet(parts[0]),
		);
}

/** The group conditions of a user search. https://apidocs.leadsquared.com/advanced-user-search/ */
export function matchesGroups(record: Row, groups: readonly Row[]): boolean {
	return chained(groups, 'GroupOperator', ({ Condition = [], GroupConditions = [] }) => {
		const own = chained(Condition as Row[], 'ConditionOperator', ({ LookupName, Operator, LookupValue }) =>
			operatorOf(shortOperators, Operator)(memberNamed(record, String(LookupName)), LookupValue),
		);
		return own && matchesGroups(record, GroupConditions as Row[]);
	});
}

/**
 * The test that an advanced search makes: JSON in a text, whose rows name a field (LSO), an operator and a value (RSO).
 *
 * @throws {Refusal} for text that is no such definition
 */
export function matchesSearch(text: string): (value: Value) => boolean {
	const { GrpConOp, Conditions } = definitionIn(text);
	return (value) =>
		joined(
			GrpConOp,
			Conditions.map(({ RowCondition = [] }) =>
				(RowCondition as Row[]).every(({ LSO, Operator, RSO }) =>
					operatorOf(shortOperators, Operator)(value(String(LSO)), RSO),
				),
			),
		);
}

function definitionIn(text: string): { GrpConOp: string; Conditions: Row[] } {
	try {
		const { GrpConOp, Conditions } = JSON.parse(text) as { GrpConOp: string; Conditions: Row[] };
		if (Array.isArray(Conditions)) return { GrpConOp, Conditions };
	} catch {
		// Said below: no text of another kind is a definition either.
	}
	throw invalidInput('The advanced search is no JSON with GrpConOp and Conditions');
}
