import { escaped, tidy } from './text';

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
 * plain, trimmed, escaped, in an address, a form, JSON, HTML or Base64. Longer forms go first, so that none leaves a rest of another.
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
		return Object.fromEntries(Object.entries(part).map(([key, member]) => [clean(key), walk(member)]));
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

/** Base64 of a secret, which depends on how many bytes of other text stand before it; the first and last characters mix with that text. */
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

/** The digits of `%2f` as `%2F`: both mean the same. */
const inCapitals = (text: string): string => text.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());

/**
 * A text with the mask in place of each form. It is no regular expression, which a long secret would make too large: then
 * its own error would show the secret.
 *
 * @param forms the longest first
 */
function without(forms: readonly string[], text: string): string {
	const searched = inCapitals(text);
	const places = forms.map((form) => ({ form, at: searched.indexOf(form) })).filter(({ at }) => at >= 0);
	let shown = '';
	let end = 0;
	while (places.length > 0) {
		const { form, at } = places.reduce((first, other) => (other.at < first.at ? other : first));
		shown += text.slice(end, at) + MASK;
		end = at + form.length;
		for (const place of places) if (place.at < end) place.at = searched.indexOf(place.form, end);
		places.splice(0, places.length, ...places.filter(({ at: next }) => next >= 0));
	}
	return shown + text.slice(end);
}
