/** Code points that show nothing: format characters such as the zero-width space, and others that fonts ignore. */
const UNSEEN = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}`;

/** A letter or an emoji that a character behind it may shape; ASCII characters have no other shape. */
const SHAPED = String.raw`(?![${UNSEEN}\p{Z}])[^\0-\u007f]`;

/** Variation selectors and joiners where they shape what stands before them. */
const SHAPING = String.raw`(?<=${SHAPED})[\ufe0e\ufe0f]|(?<=${SHAPED}[\ufe0e\ufe0f]?)[\u200c\u200d](?=${SHAPED})`;

/** All that show nothing; the group holds those that are kept. */
const INVISIBLE = new RegExp(`(${SHAPING})|[${UNSEEN}]`, 'gu');

/** Blanks other than the plain one, such as the no-break space of a web page. */
const BLANKS = /[\p{Zs}\u2028\u2029]/gu;

/** Hyphens that look like the one of the keyboard: U+2010, and U+2011 of office programs, which does not break. */
const HYPHENS = /[\u2010\u2011]/g;

/** Dashes of any length, and the minus sign: office programs put them in place of the hyphen. */
const DASHES = /[\p{Pd}\u2212]/gu;

const BEYOND_ASCII = /[^\0-\u007f]/;

/**
 * Removes what nobody means in an ID, a name, an address or a key: blanks around it and invisible characters anywhere.
 * Blanks and hyphens that only look like those of the keyboard become them.
 *
 * Free text, such as a message, does not come here: an emoji and a text written from right to left need such characters.
 */
export function tidy(text: string): string {
	if (!BEYOND_ASCII.test(text)) return text.trim();
	return text.replace(INVISIBLE, '$1').replace(BLANKS, ' ').replace(HYPHENS, '-').trim();
}

/** The same for text of ASCII characters alone, such as a UUID, a date or a number: every dash is a hyphen there. */
export function tidyCode(text: string): string {
	return BEYOND_ASCII.test(text) ? tidy(text.replace(DASHES, '-')) : text.trim();
}

/** Line breaks, tabs and blanks of other kinds than that of the keyboard. */
const FOREIGN_BLANKS = /(?! )\s+/g;

/** The same for a key, which is one line: only plain blanks stay inside. */
export function tidyKey(text: string): string {
	return tidy(text.replace(FOREIGN_BLANKS, ''));
}

const VISIBLE = new RegExp(`[^\\s${UNSEEN}]`, 'u');

/** Whether a text shows nothing: it is empty, or holds blanks and invisible characters alone. */
export function showsNothing(text: string): boolean {
	return !VISIBLE.test(text);
}

/** Characters that a reader of a message cannot see, or takes for others; the plain blank is none. */
const UNCLEAR = new RegExp(String.raw`[${UNSEEN}\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u2010\u2011]|(?! )\p{Zs}`, 'gu');

/** A text for a message: characters that show nothing stand there as their code, such as `\u200b`. */
export function escaped(text: string): string {
	return text.replace(UNCLEAR, (character) => {
		const code = character.codePointAt(0)!.toString(16);
		return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
	});
}
