/** Phone number inside an address, or the reason why the address has none. */
export type PhoneAddress = { number: string } | { reason: string };

/** Most numbers are no address, and need no look at its forms. */
const BARE = /^[+\d\s().-]*$/;

/** An address of WhatsApp's network: user, device and server. https://github.com/WhiskeySockets/Baileys (src/WABinary/jid-utils.ts) */
const WHATSAPP_ID =
	/^\+?([\w.:-]+)@(s\.whatsapp\.net|c\.us|hosted|[a-z]+\.us|lid|hosted\.lid|broadcast|newsletter|bot)$/i;

/** The user part names a person by the digits of the number; an agent and a device may follow. */
const PERSON = /^(\d{5,15})(?:[._]\d+)?(?::\d+)?$/;

const PERSONS: ReadonlySet<string> = new Set(['s.whatsapp.net', 'c.us', 'hosted']);

const HIDDEN =
	'a WhatsApp ID that hides the phone number. Take the number from another field of the message, such as remoteJidAlt or senderPn';

/** What an address without a phone number is, by the server in it. */
const OTHERS: Readonly<Record<string, string>> = {
	'g.us': 'a WhatsApp group, which has no phone number',
	lid: HIDDEN,
	'hosted.lid': HIDDEN,
	broadcast: 'a WhatsApp broadcast list or status, which has no phone number',
	newsletter: 'a WhatsApp channel, which has no phone number',
	bot: 'a WhatsApp bot, which has no phone number',
};

/** https://www.rfc-editor.org/rfc/rfc3966 for `tel:`; the others are written like it. */
const URI = /^(?:tel|whatsapp|sms|smsto|callto):(?:\/\/)?(?!\/?send\b)([^?]*)/i;

const LINK = /^(?:https?:\/\/)?(?:www\.)?(wa\.me|(?:(?:api|web|chat|m)\.)?whatsapp\.com)(\/[^?#]*)?(?:\?([^#]*))?/i;
const APP_LINK = /^whatsapp:(?:\/\/)?(\/?send\/?)(?:\?([^#]*))?/i;

/** A number as the path of a link: `/5511987654321`, also behind the letter of a catalog. */
const IN_PATH = /^\/(?:c\/)?([+\d][\d\s().-]*)\/?$/;

/**
 * Reads the forms in which WhatsApp, Twilio and web pages hand on a phone number: `5511...@s.whatsapp.net`, `tel:`,
 * `whatsapp:`, `wa.me/` and `api.whatsapp.com/send?phone=`.
 *
 * @returns undefined for text that is no such form
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
	if (/^chat\./i.test(host)) return { reason: inWords(OTHERS['g.us']) };
	return /^\/channel\//i.test(path) ? { reason: inWords(OTHERS.newsletter) } : linked(decoded(path), query);
}

function personOf(user: string, server: string): PhoneAddress {
	const [, digits] = PERSON.exec(user) ?? [];
	if (PERSONS.has(server))
		return digits ? { number: `+${digits}` } : { reason: inWords('a WhatsApp ID without a phone number') };
	return { reason: inWords(OTHERS[server] ?? 'a WhatsApp ID without a phone number') };
}

/** A number with its parameters: an extension stays, so that it is refused; the context is the country code. */
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
	if (number === '') return { reason: 'This link holds no phone number. Use one such as https://wa.me/5511999999999.' };
	return { number: number.startsWith('+') ? number : `+${number}` };
}

const inWords = (what: string) => `This is ${what}.`;

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
