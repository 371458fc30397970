import { EMPTY } from '../../../credentials/reading';
import { show } from '../base/show';
import { z, type RefinementCtx, type ZodIssue } from '../base/zod';
import { bare, isBlank, type FieldSpec } from './field';

/** What a check says of a value beyond "it does not fit"; both follow the label of the field. */
interface Told {
	/** What is wrong: `takes text, and got 5`. */
	complaint: string;
	/** Label of the member that it is about, where its key would stand. */
	label?: string;
	/** What to do about it. */
	wayOut?: string;
}

/** What is wrong with a value of a field, to follow its label. */
export function complaintOn(spec: Pick<FieldSpec, 'takes' | 'secret'> & Partial<Pick<FieldSpec, 'ui'>>, value: unknown): string {
	const { takes, secret } = spec;
	const given = bare(value, spec);
	return isBlank(given) ? EMPTY : takesAndGot(takes, given, secret);
}

/** What is allowed and what came, to follow a label. */
export function takesAndGot(takes: string, given: unknown, secret = false): string {
	return `takes ${takes}, and got ${secret ? 'a value that is not shown here' : show(given)}`;
}

/** Notes what is wrong in words of its own. @param path where in the value */
export function complain(check: RefinementCtx, told: Told, path: Array<string | number> = []): void {
	check.addIssue({ code: z.ZodIssueCode.custom, path, params: { ...told } });
}

/** What a check noted by `complain`, if it did. */
export function toldBy(issue: ZodIssue | undefined): Partial<Told> {
	return issue?.code === 'custom' ? ((issue.params ?? {}) as Partial<Told>) : {};
}
