import { EMPTY, readAs, refuse, type Reading } from './reading';
import { tidy } from './tidy';
import { toText } from './stringify';

/**
 * Names of this computer and its local network: RFC 6761 (localhost, test), RFC 6762 (local), ICANN (internal), and by
 * custom (lan, a name without a dot).
 */
const LOCAL_NAME = /^[^.:]+$|\.(localhost|local|internal|lan|test)$/;

/** Loopback and private ranges. RFC 1122, RFC 1918; RFC 4291, RFC 4193 */
const LOCAL_NUMBER = /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^::1$|^f[cd][\da-f]{2}:/;

/**
 * Hosts of cloud metadata, which return the keys of a machine. CRMs never have link-local addresses.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html (169.254.169.254, fd00:ec2::254, instance-data)
 * https://docs.cloud.google.com/compute/docs/metadata/querying-metadata (metadata.google.internal, fd20:ce::254)
 * https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata (100.100.100.200)
 */
const METADATA =
	/^(metadata|instance-data)(\.|$)|^169\.254\.[\d.]+$|^100\.100\.100\.200$|^fe[89ab][\da-f]:|^fd00:ec2::254$|^fd20:ce::254$/;

/** An IPv4-mapped IPv6 address, as the URL parser writes it. RFC 4291, 2.5.5.2 */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

const HINT = 'Open the credential and enter a base URL like https://crm.example.com.';

/**
 * Checks the address to which a key is sent.
 *
 * Plain http is allowed for local hosts only (loopback, private ranges, names without a dot), because a key must not cross
 * the internet unencrypted. Hosts of cloud metadata are never allowed.
 *
 * A refusal shows only the scheme or the host, because the rest of an address may contain a password.
 *
 * @param label name of the address in a refusal
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

/** Tells whether an address belongs to this computer or its local network, which is not reachable from the internet. */
export function isLocal(url: URL): boolean {
	const host = bareHost(url);
	return LOCAL_NAME.test(host) || LOCAL_NUMBER.test(host);
}

/**
 * Returns the root of a vendor's API from the user's base URL.
 *
 * All usual spellings of the address have the same result. It removes outer blanks, trailing slashes and a pasted API
 * path. It adds a missing https:// and the API path.
 *
 * @param typed the credential's base URL, for example `https://app.woofedcrm.com/api/v1/`
 * @param apiPath path of the API on the host, for example `/api/v1`
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

/** Adds a missing https://. The URL parser would read `crm.example.com:` in `crm.example.com:8443` as a scheme. */
function withScheme(text: string): string {
	return text === '' || /^https?:/i.test(text) || /^[a-z][a-z\d+.-]*:\/\//i.test(text)
		? text
		: `https://${text.replace(/^\/+/, '')}`;
}

/**
 * Returns the host in the form of the patterns above: without brackets or a final dot, and IPv4 instead of mapped IPv6.
 */
function bareHost({ hostname }: URL): string {
	const host = hostname.replace(/^\[|\]$|\.+$/g, '');
	const mapped = MAPPED.exec(host);
	if (!mapped) return host;
	const [high, low] = mapped.slice(1).map((part) => parseInt(part, 16));
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
