import { z } from '../base/zod';

/**
 * Returns the check of a kind that reads a value with a function of its own. It is one zod step, because every step
 * costs time for each value of each item.
 *
 * @param read returns undefined for a value that does not fit
 */
export function readBy<Value>(read: (value: unknown) => Value | undefined) {
	return z.unknown().transform((value, check): Value => {
		const found = read(value);
		if (found !== undefined) return found;
		check.addIssue({ code: z.ZodIssueCode.custom });
		return z.NEVER;
	});
}
