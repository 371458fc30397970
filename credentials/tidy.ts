/** Invisible code points: format characters such as the zero-width space, and others that fonts ignore. */
const UNSEEN = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}`;

/** A letter or an emoji that a following character may shape. ASCII characters have one shape only. */
const SHAPED = String.raw`(?![${UNSEEN}\p{Z}])[^\0-\u007f]`;

/** Variation selectors and joiners that shape the character before them. */
const SHAPING = String.raw`(?<=${SHAPED})[\ufe0e\ufe0f]|(?<=${SHAPED}[\ufe0e\ufe0f]?)[\u200c\u200d](?=${SHAPED})`;

/** All invisible characters; the group captures the ones to keep. */
const INVISIBLE = new RegExp(`(${SHAPING})|[${UNSEEN}]`, 'gu');

/** Blanks other than the plain space, such as the no-break space of a web page. */
const BLANKS = /[\p{Zs}\u2028\u2029]/gu;

/** Hyphens that look like the one on the keyboard: U+2010, and the no-break hyphen U+2011 of office programs. */
const HYPHENS = /[\u2010\u2011]/g;

/** Dashes of any length, and the minus sign. Office programs replace hyphens with them. */
const DASHES = /[\p{Pd}\u2212]/gu;

const BEYOND_ASCII = /[^\0-\u007f]/;

/**
 * Removes outer blanks and invisible characters from an ID, a name, an address or a key. Other kinds of blanks and
 * hyphens become those of the keyboard.
 *
 * Do not use it for free text such as messages: emoji and right-to-left text need invisible characters.
 */
export function tidy(text: string): string {
	if (!BEYOND_ASCII.test(text)) return text.trim();
	return text.replace(INVISIBLE, '$1').replace(BLANKS, ' ').replace(HYPHENS, '-').trim();
}

/** Does the same for text of ASCII characters only, such as a UUID, a date or a number. Every dash becomes a hyphen. */
export function tidyCode(text: string): string {
	return BEYOND_ASCII.test(text) ? tidy(text.replace(DASHES, '-')) : text.trim();
}

/** Line breaks, tabs and other blanks than the plain space. */
const FOREIGN_BLANKS = /(?! )\s+/g;

/** Does the same for a key, which is one line. Only plain spaces stay inside. */
export function tidyKey(text: string): string {
	return tidy(text.replace(FOREIGN_BLANKS, ''));
}

const VISIBLE = new RegExp(`[^\\s${UNSEEN}]`, 'u');

/** Tells whether a text is empty, or contains only blanks and invisible characters. */
export function showsNothing(text: string): boolean {
	return !VISIBLE.test(text);
}

/** Characters that are invisible in a message, or look like others; the plain space is not one of them. */
const UNCLEAR = new RegExp(String.raw`[${UNSEEN}\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u2010\u2011]|(?! )\p{Zs}`, 'gu');

/** Returns a text for a message: invisible characters become their code, such as `\u200b`. */
export function escaped(text: string): string {
	return text.replace(UNCLEAR, (character) => {
		const code = character.codePointAt(0)!.toString(16);
		return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
	});
}
