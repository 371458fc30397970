import { textsIn } from '../shared/base/json';

/** A host of the API: each region has its own. https://apidocs.leadsquared.com/authentication/ */
const API_HOST = /(?<![\w.-])api(-[a-z]{2}\d{2})?\.leadsquared\.com(?![\w-]|\.\w)/i;

/** The first host of the API that the texts of a value name. */
export const hostIn = (value: unknown): string | undefined =>
	API_HOST.exec(textsIn(value).join('\n'))?.[0].toLowerCase();

export const hostAdvice = (host: string): string =>
	`LeadSquared names ${host} as the host of this account: choose it under 'Host' in the credential.`;
