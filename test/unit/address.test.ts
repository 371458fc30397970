import fc from 'fast-check';
import { readUrl } from '../../credentials/address';
import { readAccountId, trimmedKey } from '../../credentials/reading';
import type { FailureError } from '../../nodes/shared/base/failure';
import { apiRoot } from '../../nodes/shared/http/baseUrl';

/** What is said about an address that is refused. */
function refusalOf(typed: unknown): string | undefined {
	try {
		apiRoot(typed, '/api/v1');
		return undefined;
	} catch (error) {
		const { message, description, input } = (error as FailureError).failure;
		expect(input).toBe(true);
		return `${message}. ${description}`;
	}
}

test.each([
	['https://app.woofedcrm.com', 'https://app.woofedcrm.com/api/v1'],
	['https://app.woofedcrm.com/', 'https://app.woofedcrm.com/api/v1'],
	['  https://app.woofedcrm.com/api/v1/ ', 'https://app.woofedcrm.com/api/v1'],
	['https://example.com/crm/', 'https://example.com/crm/api/v1'],
	['HTTPS://Example.com/api/v1?x=1#top', 'https://example.com/api/v1'],
	['app.woofedcrm.com', 'https://app.woofedcrm.com/api/v1'],
	['app.woofedcrm.com:8443/crm', 'https://app.woofedcrm.com:8443/crm/api/v1'],
	['//app.woofedcrm.com', 'https://app.woofedcrm.com/api/v1'],
	['localhost:3001', 'https://localhost:3001/api/v1'],
	['http:localhost', 'http://localhost/api/v1'],
	['https://example.com/crm//', 'https://example.com/crm/api/v1'],
	['https://example.com/api/v1/crm', 'https://example.com/api/v1/crm/api/v1'],
	['crm.example.com/http:x', 'https://crm.example.com/http:x/api/v1'],
	['crm.example.com/a://b', 'https://crm.example.com/a://b/api/v1'],
	['https://[fd00:ec2::2540]', 'https://[fd00:ec2::2540]/api/v1'],
	['https://[fd20:ce::2541]', 'https://[fd20:ce::2541]/api/v1'],
])('%p leads to %s', (typed, root) => {
	expect(apiRoot(typed, '/api/v1')).toBe(root);
});

test.each([
	'localhost:3001',
	'crm.localhost',
	'LOCALHOST.',
	'woofed:3000',
	'crm.local',
	'crm.internal',
	'crm.lan',
	'127.0.0.1',
	'127.1',
	'2130706433',
	'0x7f.0.0.1',
	'10.0.0.1',
	'172.16.0.1',
	...Array.from({ length: 14 }, (_, index) => `172.${17 + index}.0.1`),
	'172.31.255.255',
	'192.168.1.5:3001',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[::ffff:127.0.0.1]',
	'[::ffff:10.1.2.3]',
	'[fd12:3456::1]',
	'[FC00::1]',
])('plain http is allowed for the local host %s', (host) => {
	expect(apiRoot(`http://${host}`, '/api/v1')).toMatch(/^http:.+\/api\/v1$/);
});

test.each([
	'app.woofedcrm.com',
	'example.com.',
	'8.8.8.8',
	'134744072',
	'172.15.0.1',
	'172.32.0.1',
	'11.0.0.1',
	'192.169.0.1',
	'100.64.0.1',
	'10.example.com',
	'127.0.0.1.example.com',
	'local.example.com',
	'internal.com',
	'[2001:db8::1]',
	'[::ffff:8.8.8.8]',
	'[fd::1]',
	'[fc::1]',
	'[::]',
	'crm.local.example.com',
	'8.10.8.8',
	'[::1:2]',
	'[2001:fd12::1]',
	'my-metadata.example.com',
	'8.169.254.8',
	'169.254.1.example.com',
	'100.100.100.200.example.com',
	'[2001:fe80::1]',
	'[1:fd00:ec2::254]',
	'[1:fd20:ce::254]',
	'[1::ffff:7f00:1]',
	'[::ffff:7f00:1:1]',
])('plain http is refused for the host %s, which is not local, and https is allowed', (host) => {
	expect(refusalOf(`http://${host}`)).toContain('may use http:// only for local hosts');
	expect(refusalOf(`https://${host}`)).toBeUndefined();
});

test.each([
	'metadata',
	'METADATA.',
	'metadata.google.internal',
	'metadata.google.internal.',
	'metadata.azure.internal',
	'metadata.tencentyun.com',
	'instance-data',
	'instance-data.ec2.internal',
	'169.254.169.254',
	'169.254.170.2',
	'2852039166',
	'0xa9fea9fe',
	'100.100.100.200',
	'[::ffff:169.254.169.254]',
	'[fe80::1]',
	'[febf::1]',
	'[fd00:ec2::254]',
	'[fd20:ce::254]',
])('the metadata or link-local host %s is refused, with http and https', (host) => {
	for (const scheme of ['http', 'https'])
		expect(refusalOf(`${scheme}://${host}/latest`)).toContain(
			'must be the address of a CRM, but is the metadata or link-local host',
		);
});

test.each([
	['', 'is required but empty'],
	[undefined, 'is required but empty'],
	['https://', 'must be a valid web address'],
	['not an address', 'must be a valid web address'],
	['ftp://example.com', 'must start with https://, but starts with "ftp://"'],
	['https://ana@example.com', 'must not contain a user name or password'],
	['https://:x@example.com', 'must not contain a user name or password'],
	['https://ana:x@example.com', 'must not contain a user name or password'],
	['ana:x@example.com', 'must not contain a user name or password'],
	['mailto:ana@example.com', 'must not contain a user name or password'],
])('%p is refused, because it %s', (typed, words) => {
	expect(refusalOf(typed)).toBe(
		`'Base URL' of the credential ${words}. Open the credential and enter a base URL like https://crm.example.com.`,
	);
});

test('no refusal quotes a password at any position of the text', () => {
	const around = fc.constantFrom(
		'',
		'https://',
		'http://',
		'ftp://',
		'//',
		'https:',
		'https:\\\\',
		' ',
		'https://[',
		'x y',
		'https://crm.example.com/',
	);
	const between = fc.constantFrom('ana:', ':', 'ana%3A', 'token=', '?key=', '#');
	const after = fc.constantFrom(
		'@',
		'%40',
		'@@',
		'@crm.example.com',
		'@crm.example.com/api/v1',
		'@[::1',
		' @crm',
		':99999',
	);
	fc.assert(
		fc.property(around, between, after, (before, user, rest) => {
			expect(refusalOf(`${before}${user}hunter2${rest}`) ?? '').not.toContain('hunter2');
		}),
	);
});

test.each([
	['key', 'key'],
	[' key\r\n', 'key'],
	['\uFEFFkey\u00A0', 'key'],
	['Bearer key', 'key'],
	[' bearer \n key ', 'key'],
	['Bearerkey', 'Bearerkey'],
	[undefined, ''],
])('the key %p is used as %p', (given, used) => {
	expect(trimmedKey(given)).toBe(used);
});

test.each([
	[7, 7],
	['7', 7],
	[' 007 ', 7],
	[undefined, 1],
	[null, 1],
	['', 1],
])('the account ID %p is read as %p', (given, id) => {
	expect(readAccountId(given)).toEqual({ value: id });
});

test.each([0, '0', -1, 1.5, '1e3', 'abc', Infinity, 2 ** 53, true, {}])('%p is not an account ID', (given) => {
	expect(readAccountId(given)).toHaveProperty('refusal');
});

test('an address of blanks counts as empty', () => {
	expect(readUrl(' ', 'The address')).toEqual({
		refusal: {
			message: 'The address is required but empty',
			description: 'Open the credential and enter a base URL like https://crm.example.com.',
		},
	});
});
