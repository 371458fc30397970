/**
 * The one door to libphonenumber-js: the build bundles the library into this file, so the package ships without
 * dependencies. Only its whole metadata tells a national number from one that lacks its area code.
 */
export { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
