import { optionalUnlessRequired, type Field } from '../../nodes/shared/fields';

/** The workflow's zone, and a vendor's forms. */
export const context = { zone: 'America/Sao_Paulo', formats: { dateTime: 'iso', time: 'HH:mm' } };
/** What the check of a field makes of a value. */
export const check = (field: Field, value: unknown) => optionalUnlessRequired(field, context).safeParse(value);
/** What would be sent. */
export const taken = (field: Field, value: unknown) => check(field, value).data as unknown;
/** Complaints about the members of a mapper, as the words of its error get them. */
export const complaints = (field: Field, value: unknown) =>
	check(field, value).error?.issues.map((issue) => [
		issue.path[0],
		(issue as { params?: { problem?: string } }).params?.problem,
	]);
