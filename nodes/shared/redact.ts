const MASK = '[secret removed]';
const SHORTEST_SECRET = 4;

/**
 * A copy of a value with every occurrence of a secret replaced, in texts, object keys and list members alike.
 *
 * @param secrets values of the credential and of secret fields; very short ones are left alone, because they would blank out ordinary text
 */
export function redact<Value>(value: Value, secrets: Iterable<string>): Value {
	const forms = [...secrets]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap((secret) => [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])]);
	const clean = (text: string) => forms.reduce((cleaned, form) => cleaned.split(form).join(MASK), text);
	const walk = (part: unknown): unknown => {
		if (typeof part === 'string') return clean(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, member]) => [clean(key), walk(member)]));
	};
	return walk(value) as Value;
}
