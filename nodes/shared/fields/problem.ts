import { EMPTY } from '../../../credentials/reading';
import { formatValue } from '../base/formatValue';
import { toText } from '../base/json';
import { escaped } from '../base/text';
import { z, type RefinementCtx, type ZodIssue } from '../base/zod';
import { withoutLocator, isBlank, type FieldSpec } from './field';

/** A problem that a check found in a value. */
export interface Problem {
	/** Text that follows the label of the field: `must be text, but is {}`. */
	problem: string;
	/** Label of the field inside the value, to show in place of its key. */
	label?: string;
	/** Rows and labels inside that field that lead to the problem. */
	inside?: readonly string[];
	/** How to correct the value. */
	suggestion?: string;
}

/** Returns the problem of a refused value, as text that follows the label. */
export function problemWith(
	spec: Pick<FieldSpec, 'expects' | 'secret'> & Partial<Pick<FieldSpec, 'ui'>>,
	value: unknown,
): string {
	const { expects, secret } = spec;
	const given = withoutLocator(value, spec);
	return isBlank(given) ? EMPTY : mustBe(expects, given, secret);
}

/** Returns what a value must be and what it is, as text that follows the label. */
export function mustBe(expects: string, given: unknown, secret = false): string {
	return `must be ${expects}, but is ${secret ? 'a value that is not shown here' : formatValue(given)}`;
}

/**
 * Reports a problem to zod, with a text of our own.
 *
 * @param path keys and indexes of the part of the value that has the problem
 */
export function addProblem(check: RefinementCtx, problem: Problem, path: Array<string | number> = []): void {
	check.addIssue({ code: z.ZodIssueCode.custom, path, params: { ...problem } });
}

/**
 * Returns the rows and labels that lead from a value to a problem inside it.
 *
 * @example positionOf(issue) // ['row 2', "'Buttons'", 'row 1', "'Title'"]
 */
export function positionOf({ path, label, inside = [] }: Pick<ZodIssue, 'path'> & Partial<Problem>): string[] {
	const parts = path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : `'${escaped(toText(part))}'`));
	return label === undefined ? parts : [...parts.slice(0, -1), `'${label}'`, ...inside];
}

/** Returns the position of a problem inside a value, or an empty list if the problem concerns the whole value. */
export function positionInside(issue: ZodIssue, value: unknown): string[] {
	const found = problemIn(issue);
	const isInside = found.problem !== undefined || (typeof issue.path[0] === 'number' && !isBlank(value));
	return isInside ? positionOf({ path: issue.path, ...found }) : [];
}

/** Returns the problem that `addProblem` reported, or an empty object for an issue of zod's own. */
export function problemIn(issue: ZodIssue | undefined): Partial<Problem> {
	return issue?.code === 'custom' ? ((issue.params ?? {}) as Partial<Problem>) : {};
}
