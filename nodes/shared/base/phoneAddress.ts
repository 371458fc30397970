/** The phone number in an address, or the reason why the address has none. */
export type PhoneAddress = { number: string } | { reason: string };

/** A plain number. Most texts are plain numbers, so the other patterns are skipped. */
const BARE = /^[+\d\s().-]*$/;

/** A WhatsApp ID: user, device and server. https://github.com/WhiskeySockets/Baileys (src/WABinary/jid-utils.ts) */
const WHATSAPP_ID =
	/^\+?([\w.:-]+)@(s\.whatsapp\.net|c\.us|hosted|[a-z]+\.us|lid|hosted\.lid|broadcast|newsletter|bot)$/i;

/** The user part of a person's ID: the digits of the number, then optionally an agent and a device. */
const PERSON = /^(\d{5,15})(?:[._]\d+)?(?::\d+)?$/;

const PERSONS: ReadonlySet<string> = new Set(['s.whatsapp.net', 'c.us', 'hosted']);

const HIDDEN =
	'a WhatsApp ID that hides the phone number. Use another field of the message, such as remoteJidAlt or senderPn';

/** Descriptions of addresses without a phone number, by their server. */
const OTHERS: Readonly<Record<string, string>> = {
	'g.us': 'a WhatsApp group, which has no phone number',
	lid: HIDDEN,
	'hosted.lid': HIDDEN,
	broadcast: 'a WhatsApp broadcast list or status, which has no phone number',
	newsletter: 'a WhatsApp channel, which has no phone number',
	bot: 'a WhatsApp bot, which has no phone number',
};

/** https://www.rfc-editor.org/rfc/rfc3966 for `tel:`; the other schemes use the same form. */
const URI = /^(?:tel|whatsapp|sms|smsto|callto):(?:\/\/)?(?!\/?send\b)([^?]*)/i;

const LINK = /^(?:https?:\/\/)?(?:www\.)?(wa\.me|(?:(?:api|web|chat|m)\.)?whatsapp\.com)(\/[^?#]*)?(?:\?([^#]*))?/i;
const APP_LINK = /^whatsapp:(?:\/\/)?(\/?send\/?)(?:\?([^#]*))?/i;

/** A number as the path of a link: `/5511987654321`, or `/c/5511987654321` for a catalog. */
const IN_PATH = /^\/(?:c\/)?([+\d][\d\s().-]*)\/?$/;

/**
 * Parses the addresses in which WhatsApp, Twilio and web pages write a phone number: `5511...@s.whatsapp.net`, `tel:`,
 * `whatsapp:`, `wa.me/` and `api.whatsapp.com/send?phone=`.
 *
 * @returns undefined if the text is not such an address
 */
export function parsePhoneAddress(text: string): PhoneAddress | undefined {
	if (BARE.test(text)) return undefined;
	const [, user, server] = WHATSAPP_ID.exec(text) ?? [];
	if (user !== undefined) return personOf(user, server.toLowerCase());
	const [, , appQuery] = APP_LINK.exec(text) ?? [];
	if (APP_LINK.test(text)) return linked('', appQuery);
	const [, spelled] = URI.exec(text) ?? [];
	if (spelled !== undefined) return inUri(decoded(spelled));
	const [, host, path = '', query] = LINK.exec(text) ?? [];
	if (host === undefined) return undefined;
	if (/^chat\./i.test(host)) return { reason: thisIs(OTHERS['g.us']) };
	return /^\/channel\//i.test(path) ? { reason: thisIs(OTHERS.newsletter) } : linked(decoded(path), query);
}

function personOf(user: string, server: string): PhoneAddress {
	const [, digits] = PERSON.exec(user) ?? [];
	if (PERSONS.has(server))
		return digits ? { number: `+${digits}` } : { reason: thisIs('a WhatsApp ID without a phone number') };
	return { reason: thisIs(OTHERS[server] ?? 'a WhatsApp ID without a phone number') };
}

/**
 * Returns a number without its parameters. An extension stays, so that it is refused later; the context is the country
 * code.
 */
function inUri(spelled: string): PhoneAddress {
	const [number, ...parameters] = spelled.split(';').map((part) => part.trim());
	const [, extension] = /^ext=(.+)$/i.exec(parameters.find((part) => /^ext=./i.test(part)) ?? '') ?? [];
	const [, context = ''] =
		/^phone-context=(\+\d+)$/i.exec(parameters.find((part) => /^phone-context=/i.test(part)) ?? '') ?? [];
	const whole = number.startsWith('+') ? number : context + number;
	return { number: extension ? `${whole};ext=${extension}` : whole };
}

function linked(path: string, query = ''): PhoneAddress {
	const asked = new URLSearchParams(query).get('phone');
	const number = (asked ?? IN_PATH.exec(path)?.[1] ?? '').trim();
	if (number === '')
		return { reason: 'This link contains no phone number. Use a link like https://wa.me/5511999999999.' };
	return { number: number.startsWith('+') ? number : `+${number}` };
}

const thisIs = (what: string) => `This is ${what}.`;

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
