/**
 * Returns any value as text. An object becomes JSON, because its own `toString` may return anything, or not be a
 * function.
 */
export function toText(value: unknown): string {
	return typeof value === 'object' || typeof value === 'function' ? toJson(value) : String(value as string | symbol);
}

/**
 * Returns the JSON of any value, also of values without a JSON form.
 *
 * @param replacer like the replacer of JSON.stringify
 */
export function toJson(
	value: unknown,
	replacer: (key: string, part: unknown) => unknown = (_key, part) => part,
): string {
	const replaced = (key: string, part: unknown) => replacer(key, typeof part === 'bigint' ? String(part) : part);
	try {
		return JSON.stringify(value, replaced) ?? typeof value;
	} catch {
		return 'an object that JSON cannot represent';
	}
}
