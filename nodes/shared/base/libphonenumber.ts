/**
 * The only import of libphonenumber-js. The build bundles the library into this file, so the package has no
 * dependencies.
 *
 * Only the full metadata (`max`) distinguishes a national number from a number without its area code.
 */
export { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
