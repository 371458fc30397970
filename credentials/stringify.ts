/** Any value in words: an object as its JSON, because its own `toString` may be anything, also nothing that can be called. */
export function toText(value: unknown): string {
	return typeof value === 'object' || typeof value === 'function' ? toJson(value) : String(value as string | symbol);
}

/**
 * JSON of whatever came, also of what JSON has no form for.
 *
 * @param replacer as that of JSON.stringify
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
