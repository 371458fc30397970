const MASK = '[secret removed]';

/** Very short secrets are left alone, because they would blank out ordinary text. */
const SHORTEST_SECRET = 4;

/** Shortest piece of a text in Base64 that is taken for a secret: shorter ones may be anything. */
const SHORTEST_BASE64 = 8;

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Gives a copy of a value without secrets. */
export type Redactor = <Value>(value: Value) => Value;

/**
 * Prepares the removal of secrets from texts, object keys and list members, in every form that a secret takes on its way:
 * plain, trimmed, in an address, a form, JSON, HTML or Base64. Longer forms go first, so that none leaves a rest of another.
 *
 * @param secrets values of the credential and of secret fields
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
	const forms = new Set(
		[...secrets]
			.flatMap((secret) => [secret, secret.trim()])
			.filter((secret) => secret.length >= SHORTEST_SECRET)
			.flatMap(formsOf),
	);
	if (forms.size === 0) return (value) => value;
	const pattern = new RegExp(
		[...forms]
			.sort((a, b) => b.length - a.length)
			.map(patternOf)
			.join('|'),
		'g',
	);
	const clean = (text: string) => text.replace(pattern, MASK);
	const walk = (part: unknown): unknown => {
		if (typeof part === 'string') return clean(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, member]) => [clean(key), walk(member)]));
	};
	return (value) => walk(value) as typeof value;
}

function formsOf(secret: string): string[] {
	const whole = secret.replace(/\p{Surrogate}/gu, '\uFFFD');
	const inForm = new URLSearchParams([['', whole]]).toString().slice(1);
	const inHtml = whole.replace(/[&<>"']/g, (character) => HTML[character]);
	return [secret, whole, encodeURIComponent(whole), inForm, inForm.replace(/\+/g, '%20'), JSON.stringify(secret).slice(1, -1), inHtml, ...inBase64(whole)];
}

/** Base64 of a secret, which depends on how many bytes of other text stand before it; the first and last characters mix with that text. */
function inBase64(secret: string): string[] {
	const pieces = [0, 1, 2].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
			.toString('base64')
			.replaceAll('=', '');
		return text.slice(before === 0 ? 0 : before + 1, text.length - 1);
	});
	return pieces.filter((piece) => piece.length >= SHORTEST_BASE64).flatMap((piece) => [piece, piece.replace(/\+/g, '-').replace(/\//g, '_')]);
}

/** A form as a regular expression, in which the digits of `%2F` match in both cases. */
function patternOf(form: string): string {
	const escaped = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	return escaped.replace(/%([0-9A-F]{2})/g, (_all, digits: string) => `%${[...digits].map((digit) => `[${digit}${digit.toLowerCase()}]`).join('')}`);
}
