import { EMPTY, readAs, refuse, type Reading } from './reading';
import { tidy } from './tidy';
import { toText } from './stringify';

/** Names of this computer and its own network: RFC 6761 (localhost, test), RFC 6762 (local), ICANN (internal), custom (lan, a bare name). */
const LOCAL_NAME = /^[^.:]+$|\.(localhost|local|internal|lan|test)$/;

/** Loopback and private ranges. RFC 1122, RFC 1918; RFC 4291, RFC 4193 */
const LOCAL_NUMBER = /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^::1$|^f[cd][\da-f]{2}:/;

/**
 * Where clouds hand out the keys of a machine; link-local addresses stand for nothing else.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html (169.254.169.254, fd00:ec2::254, instance-data)
 * https://docs.cloud.google.com/compute/docs/metadata/querying-metadata (metadata.google.internal, fd20:ce::254)
 * https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata (100.100.100.200)
 */
const METADATA =
	/^(metadata|instance-data)(\.|$)|^169\.254\.[\d.]+$|^100\.100\.100\.200$|^fe[89ab][\da-f]:|^fd00:ec2::254$|^fd20:ce::254$/;

/** An IPv4 address inside an IPv6 one, as the URL parser writes it. RFC 4291, 2.5.5.2 */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

const HINT = 'Open the credential and enter a base URL like https://crm.example.com.';

/**
 * Checks where a key is about to be sent. Plain http is taken for hosts that are local (loopback, private ranges, names
 * without a dot), because a key must not cross the internet in the clear; hosts of cloud metadata are never taken.
 *
 * A refusal quotes scheme or host alone, because the rest of an address may hold a password.
 *
 * @param label what the address is, in the words of a refusal
 */
export function readUrl(text: string, label: string): Reading<URL> {
	const refused = (problem: string) => refuse(`${label} ${problem}`, HINT);
	if (text.trim() === '') return refused(EMPTY);
	if (!URL.canParse(text)) return refused('must be a valid web address');
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		return refused(`must start with https://, but starts with "${url.protocol}//"`);
	if (url.username || url.password) return refused('must not contain a user name or password');
	const host = bareHost(url);
	if (METADATA.test(host))
		return refused(`must be the address of a CRM, but is the metadata or link-local host "${url.hostname}"`);
	if (url.protocol === 'http:' && !isLocal(url))
		return refused(`may use http:// only for local hosts, but names "${url.hostname}"`);
	return { value: url };
}

/** Whether an address is one of this computer or its own network, which nobody reaches from outside. */
export function isLocal(url: URL): boolean {
	const host = bareHost(url);
	return LOCAL_NAME.test(host) || LOCAL_NUMBER.test(host);
}

/**
 * The root of a vendor's API from what a user typed: outer blanks, trailing slashes and an API path pasted along are
 * removed, a missing https:// and the API path are added, so that every usual way to write the address means the same.
 *
 * @param typed the credential's base URL, for example `https://app.woofedcrm.com/api/v1/`
 * @param apiPath where the API begins on the host, for example `/api/v1`
 */
export function readRoot(typed: unknown, apiPath: string): Reading<string> {
	return readAs(
		readUrl(withScheme(tidy(toText(typed ?? ''))), "'Base URL' of the credential"),
		({ origin, pathname }) => {
			const path = pathname.replace(/\/+$/, '');
			return origin + (path.endsWith(apiPath) ? path.slice(0, -apiPath.length) : path) + apiPath;
		},
	);
}

/** `crm.example.com:8443` has no scheme, although the URL parser would find one. */
function withScheme(text: string): string {
	return text === '' || /^https?:/i.test(text) || /^[a-z][a-z\d+.-]*:\/\//i.test(text)
		? text
		: `https://${text.replace(/^\/+/, '')}`;
}

/** The host as the ranges above are written: without brackets or a final dot, and IPv4 out of IPv6. */
function bareHost({ hostname }: URL): string {
	const host = hostname.replace(/^\[|\]$|\.+$/g, '');
	const mapped = MAPPED.exec(host);
	if (!mapped) return host;
	const [high, low] = mapped.slice(1).map((part) => parseInt(part, 16));
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
