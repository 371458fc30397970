import { FailureError } from './failure';

const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\]|\[f[cd][0-9a-f:]+\]|[^.]+|.+\.(local|internal|lan|test))$/i;

/**
 * The root of a vendor's API from what a user typed: outer blanks, trailing slashes and an API path pasted along are
 * removed, then the API path is put back, so that every usual way to write the address means the same.
 *
 * Plain http is taken for hosts that are local (loopback, private ranges, names without a dot), because a token must
 * not cross the internet in the clear.
 *
 * @param typed the credential's base URL, for example `https://app.woofedcrm.com/api/v1/`
 * @param apiPath where the API begins on the host, for example `/api/v1`
 * @throws FailureError that names what to write instead
 */
export function apiRoot(typed: string, apiPath: string): string {
	const refuse = (headline: string) => new FailureError({ headline, advice: 'Open the credential and write the base URL like https://crm.example.com.', input: true });
	if (!URL.canParse(typed.trim())) throw refuse(`'Base URL' of the credential takes a web address, and got "${typed.trim()}"`);
	const url = new URL(typed.trim());
	if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(`'Base URL' of the credential takes an address that starts with https://, and got "${url.protocol}//"`);
	if (url.username || url.password) throw refuse("'Base URL' of the credential takes no user name or password inside the address");
	if (url.protocol === 'http:' && !LOCAL_HOST.test(url.hostname)) throw refuse(`'Base URL' of the credential takes plain http for local hosts only, and got "${url.hostname}"`);
	const path = url.pathname.replace(/\/+$/, '');
	return url.origin + (path.endsWith(apiPath) ? path.slice(0, -apiPath.length) : path) + apiPath;
}
