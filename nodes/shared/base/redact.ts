import { escaped, tidy } from './text';

const MASK = '[secret removed]';

/** Shorter secrets are not removed, because they would match ordinary text. */
const SHORTEST_SECRET = 4;

/** Minimum length of a Base64 piece of a secret. Shorter pieces would match other text. */
const SHORTEST_BASE64 = 8;

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Returns a copy of a value without secrets. */
export type Redactor = <Value>(value: Value) => Value;

/**
 * Returns a function that removes secrets from texts, object keys and list elements.
 *
 * It removes every encoding of a secret: plain, trimmed, escaped, and in a URL, a form, JSON, HTML or Base64. It
 * removes longer encodings first, so that no part of them remains.
 *
 * @param secrets values of the credential and of secret fields
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
	const forms = [
		...new Set(
			[...secrets]
				.flatMap((secret) => [secret, secret.trim(), tidy(secret)])
				.filter((secret) => secret.length >= SHORTEST_SECRET)
				.flatMap(formsOf)
				.map(inCapitals),
		),
	].sort((a, b) => b.length - a.length);
	if (forms.length === 0) return (value) => value;
	const clean = (text: string) => without(forms, text);
	const walk = (part: unknown): unknown => {
		if (typeof part === 'string') return clean(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, value]) => [clean(key), walk(value)]));
	};
	return (value) => walk(value) as typeof value;
}

function formsOf(secret: string): string[] {
	const whole = secret.replace(/\p{Surrogate}/gu, '\uFFFD');
	const inForm = new URLSearchParams([['', whole]]).toString().slice(1);
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inHtml = whole.replace(/[&<>"']/g, (character) => HTML[character]);
	return [
		secret,
		whole,
		encodeURIComponent(whole),
		inForm,
		inForm.replace(/\+/g, '%20'),
		inJson,
		escaped(inJson),
		inHtml,
		...inBase64(whole),
	];
}

/**
 * Returns the Base64 encodings of a secret, which depend on the number of bytes before it. The first and last
 * characters also encode neighboring bytes, so they are cut off.
 */
function inBase64(secret: string): string[] {
	const pieces = [0, 1, 2].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
			.toString('base64')
			.replaceAll('=', '');
		return text.slice(before === 0 ? 0 : before + 1, text.length - 1);
	});
	return pieces
		.filter((piece) => piece.length >= SHORTEST_BASE64)
		.flatMap((piece) => [piece, piece.replace(/\+/g, '-').replace(/\//g, '_')]);
}

/** Writes `%2f` as `%2F`: both mean the same. */
const inCapitals = (text: string): string => text.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());

/**
 * Replaces each form of a secret with the mask.
 *
 * It does not use a regular expression: a long secret could make it too large, and its error would show the secret.
 *
 * @param forms the longest first
 */
function without(forms: readonly string[], text: string): string {
	const searched = inCapitals(text);
	const matches = forms.map((form) => ({ form, at: searched.indexOf(form) })).filter(({ at }) => at >= 0);
	let result = '';
	let end = 0;
	while (matches.length > 0) {
		const { form, at } = matches.reduce((first, other) => (other.at < first.at ? other : first));
		result += text.slice(end, at) + MASK;
		end = at + form.length;
		for (const match of matches) if (match.at < end) match.at = searched.indexOf(match.form, end);
		matches.splice(0, matches.length, ...matches.filter(({ at: next }) => next >= 0));
	}
	return result + text.slice(end);
}
