import { textsIn } from '../shared/base/json';

/** Host of the API. Each region has its own. https://apidocs.leadsquared.com/authentication/ */
const API_HOST = /(?<![\w.-])api(-[a-z]{2}\d{2})?\.leadsquared\.com(?![\w-]|\.\w)/i;

/** Returns the first API host in the texts of a value, in lower case. */
export const hostIn = (value: unknown): string | undefined =>
	API_HOST.exec(textsIn(value).join('\n'))?.[0].toLowerCase();

/** Returns the hint that names the host of the account. */
export const hostHint = (host: string): string =>
	`This account is on ${host}, according to LeadSquared. Choose this host under 'Host' in the credential.`;
