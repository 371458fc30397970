import { isSupportedCountry, type CountryCode } from '../base/libphonenumber';
import { z } from '../base/zod';
import { chosen } from '../fields/choices';
import { Field } from '../fields/field';

/** Countries of the list, chosen by the vendors' customers. An expression may return any other two-letter code. */
const COUNTRIES = {
	AO: 'Angola',
	AR: 'Argentina',
	BO: 'Bolivia',
	BR: 'Brazil',
	CA: 'Canada',
	CV: 'Cape Verde',
	CL: 'Chile',
	CO: 'Colombia',
	CR: 'Costa Rica',
	DO: 'Dominican Republic',
	EC: 'Ecuador',
	SV: 'El Salvador',
	FR: 'France',
	DE: 'Germany',
	GT: 'Guatemala',
	HN: 'Honduras',
	IN: 'India',
	IT: 'Italy',
	JP: 'Japan',
	MX: 'Mexico',
	MZ: 'Mozambique',
	NI: 'Nicaragua',
	PA: 'Panama',
	PY: 'Paraguay',
	PE: 'Peru',
	PT: 'Portugal',
	PR: 'Puerto Rico',
	ES: 'Spain',
	GB: 'United Kingdom',
	US: 'United States',
	UY: 'Uruguay',
	VE: 'Venezuela',
} as const satisfies Partial<Record<CountryCode, string>>;

const options = Object.entries(COUNTRIES).map(([value, name]) => ({ name, value }));

/** Option of the nodes with a phone field. */
export const defaultCountry = new Field<CountryCode>({
	label: 'Default Country',
	wire: { type: 'string' },
	expects: 'a country from the list or a two-letter country code like BR',
	ui: {
		type: 'options',
		options,
		default: 'BR',
		description: 'Country of phone numbers without a country code. If it is not set, such numbers are refused.',
	},
	schema: () =>
		z
			.string()
			.transform((given) => chosen(options, given) ?? given.trim().toUpperCase())
			.refine(isSupportedCountry),
});

/** Options of a new node of a CRM with customers in Brazil. */
export const inBrazil = { defaultCountry: 'BR' } as const;
