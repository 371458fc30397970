import type { IHookFunctions } from 'n8n-workflow';
import { trimmedKey } from '../../../credentials/reading';
import { showsNothing } from '../../../credentials/tidy';
import { FailureError } from '../base/failure';
import { toText } from '../base/json';
import type { Vendor } from '../form/vendor';

/**
 * Returns the spellings of a webhook secret that a delivery may prove it knows: as it is stored, and without what people paste
 * around it. Vendors differ in what they trim.
 *
 * @param value member `webhookSecret` of a credential
 * @returns undefined if there is no secret; an empty list for one of blanks, which nobody can know
 */
export function secretsOf(value: unknown): string[] | undefined {
	const text = toText(value ?? '');
	if (text === '') return undefined;
	return [...new Set([text, text.trim(), trimmedKey(text)])].filter((secret) => !showsNothing(secret));
}

/**
 * Returns the readings of a member of an address. People add a secret to an address as it is: a `+` in it then stands for
 * itself or for a blank, and `&` and `%` for themselves.
 */
export function readingsOf(address: string, member: string): string[] {
	const query = address.slice(address.indexOf('?') + 1);
	const start = new RegExp(`(?:^|&)${member}=`).exec(query);
	if (!start) return [];
	const rest = query.slice(start.index + start[0].length);
	const raw = [rest.split('&')[0], rest];
	return [...new Set([...raw, ...raw.flatMap((text) => [decoded(text), decoded(text.replaceAll('+', '%20'))])])];
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * Refuses a credential whose webhook secret consists of blanks.
 *
 * @throws FailureError
 */
export async function refuseBlankSecret(context: IHookFunctions, { credential }: Vendor): Promise<void> {
	if (!context.getNode().credentials?.[credential]) return;
	const secrets = secretsOf((await context.getCredentials(credential)).webhookSecret);
	if (secrets?.length !== 0) return;
	throw new FailureError({
		message: "'Webhook Secret' of the credential must be a text that nobody guesses, but consists of blanks",
		description: 'No delivery is accepted. Enter the secret of the webhook, or empty the field to check no secret.',
		input: true,
	});
}
