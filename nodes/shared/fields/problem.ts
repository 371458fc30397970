import { EMPTY } from '../../../credentials/reading';
import { formatValue } from '../base/formatValue';
import { z, type RefinementCtx, type ZodIssue } from '../base/zod';
import { withoutLocator, isBlank, type FieldSpec } from './field';

/** What a check says of a value beyond "it does not fit"; both follow the label of the field. */
export interface Problem {
	/** What is wrong: `takes text, and got 5`. */
	problem: string;
	/** Label of the member that it is about, where its key would stand. */
	label?: string;
	/** What to do about it. */
	suggestion?: string;
}

/** What is wrong with a value of a field, to follow its label. */
export function problemWith(
	spec: Pick<FieldSpec, 'expects' | 'secret'> & Partial<Pick<FieldSpec, 'ui'>>,
	value: unknown,
): string {
	const { expects, secret } = spec;
	const given = withoutLocator(value, spec);
	return isBlank(given) ? EMPTY : mustBe(expects, given, secret);
}

/** What is allowed and what came, to follow a label. */
export function mustBe(expects: string, given: unknown, secret = false): string {
	return `must be ${expects}, but is ${secret ? 'a value that is not shown here' : formatValue(given)}`;
}

/** Notes what is wrong in words of its own. @param path where in the value */
export function addProblem(check: RefinementCtx, told: Problem, path: Array<string | number> = []): void {
	check.addIssue({ code: z.ZodIssueCode.custom, path, params: { ...told } });
}

/** What a check noted by `complain`, if it did. */
export function problemIn(issue: ZodIssue | undefined): Partial<Problem> {
	return issue?.code === 'custom' ? ((issue.params ?? {}) as Partial<Problem>) : {};
}
