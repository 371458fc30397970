import { integer, type Fields } from '../shared/fields';
import { defaultCountry } from '../shared/form/defaultCountry';

/** Options of every operation. */
export const options = {
	accountId: integer('Account ID').min(1).describe('Account to use instead of the one in the credential'),
	defaultCountry,
} satisfies Fields;
