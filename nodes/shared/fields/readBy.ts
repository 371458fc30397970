import { z } from '../base/zod';

/**
 * The check of a kind that reads a value itself. It is one step, because each step costs for every value of every item.
 *
 * @param read gives undefined for a value that does not fit
 */
export function readBy<Value>(read: (value: unknown) => Value | undefined) {
	return z.unknown().transform((value, check): Value => {
		const found = read(value);
		if (found !== undefined) return found;
		check.addIssue({ code: z.ZodIssueCode.custom });
		return z.NEVER;
	});
}
