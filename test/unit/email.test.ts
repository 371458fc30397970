import fc from 'fast-check';
import { parseEmail } from '../../nodes/shared/base/email';
import { sameEmail } from '../../nodes/shared/base/samePerson';
import { email } from '../../nodes/shared/fields';
import { emailSuggestion } from '../../nodes/shared/fields/emailSuggestion';

const check = (given: unknown) =>
	email('Email')
		.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } })
		.safeParse(given).data as unknown;

test.each([
	'ana@example.com',
	'Ana.Souza@Example.COM',
	'r&d@example.com',
	"o'brien@example.com",
	'ana+crm=1@example.com',
	'!#$%&*/?^_`{|}~-@example.com',
	'joão@exemplo.com.br',
	'जॉन@उदाहरण.भारत',
	'用户@例子.广告',
	'ana@bücher.example',
	'ana@xn--bcher-kva.example',
	'ana@example.xn--p1ai',
	'ana@почта.рф',
	'ana@例え。テスト',
	'ana@i❤.ws',
	'a..b.@docomo.ne.jp',
	'.ana@example.com',
	'a@b.co',
	'ana@sub.domain.example.museum',
	'ana@1and1.com',
	'ana@123.com',
	'"ana souza"@example.com',
	'ana@[192.0.2.1]',
	'ana@[IPv6:2001:db8::1]',
	`${'a'.repeat(64)}@example.com`,
	`ana@${'a'.repeat(63)}.com`,
])('%s is an email address, and is sent unchanged', (address) => {
	expect(check(address)).toBe(address);
});

test.each([
	['between blanks', ' ana@example.com\n', 'ana@example.com'],
	['with an invisible character', 'ana@exam\u200bple.com', 'ana@example.com'],
	['in a link', 'mailto:ana@example.com?subject=Oi', 'ana@example.com'],
	['in a link that is escaped', 'MAILTO:r%26d@example.com', 'r&d@example.com'],
	['in a link with a percent sign', 'mailto:100%@example.com', '100%@example.com'],
])('an address %s is read', (_, given, address) => {
	expect(check(given)).toBe(address);
});

test.each<unknown>([
	'Ana',
	'ana@',
	'@example.com',
	'ana@@example.com',
	'ana@example',
	'ana@.com',
	'ana@example..com',
	'ana@example.com.',
	'ana@-example.com',
	'ana@example-.com',
	'ana@my_host.com',
	'ana@example.123',
	'ana@192.0.2.1',
	'ana@example.c',
	'ana souza@example.com',
	'ana@exam ple.com',
	'ana@example.com, rui@example.com',
	'ana@example.com;rui@example.com',
	'Ana Souza <ana@example.com>',
	'<ana@example.com>',
	'ana:souza@example.com',
	'(ana)@example.com',
	'ana\\souza@example.com',
	'"ana@example.com',
	'"a\\"b"@example.com',
	'a\u0000b@example.com',
	'a\ud800b@example.com',
	'ana@[example.com]',
	'ana@[]',
	`ana@${'a'.repeat(64)}.com`,
	`${'a'.repeat(250)}@example.com`,
	'mailto:',
	'',
	5,
	true,
	['ana@example.com'],
])('%p is not an email address', (given) => {
	expect(check(given)).toBeUndefined();
});

test('what the browser takes in a field for emails is taken, where its domain has a top level', () => {
	const name = fc.stringMatching(/^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,30}$/);
	const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,20}[a-zA-Z0-9])?$/);
	const top = fc.stringMatching(/^[a-z]{2,10}$/);
	fc.assert(
		fc.property(name, fc.array(label, { minLength: 1, maxLength: 3 }), top, (start, labels, end) => {
			const address = `${start}@${[...labels, end].join('.')}`;

			expect(parseEmail(address)).toBe(address);
		}),
	);
});

test('what is read holds no blank, no control character and no second address, and is read again as the same', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.emailAddress()),
			fc.constantFrom('', '@example.com'),
			(start, end) => {
				const address = parseEmail(start + end);

				expect(
					address === undefined || (/^("[^"]+"|[^\s@]+)@[^\s@]+$/.test(address) && parseEmail(address) === address),
				).toBe(true);
			},
		),
		{ numRuns: 2_000 },
	);
});

test.each<[unknown, string | undefined]>([
	['Ana Souza <ana@example.com>', 'Enter only the address: ana@example.com.'],
	['<ana@example.com>', 'Enter only the address: ana@example.com.'],
	['Ana <ana@example.com>, Rui <rui@example.com>', 'Enter only one address.'],
	['ana@example.com; rui@example.com', 'Enter only one address.'],
	['ana@example.com rui@example.com', 'Enter only one address.'],
	['ana @example.com', 'Remove the spaces.'],
	['Ana Souza', undefined],
	['Ana <ana>', undefined],
	['ana@example', undefined],
	[5, undefined],
])('of %p it is told: %p', (given, told) => {
	expect(emailSuggestion(given)).toBe(told);
	expect(email('Email').spec.suggestion?.(given)).toBe(told);
});

test.each([
	['JOÃO@example.com', 'joão@example.com', true],
	['joa\u0303o@example.com', 'jo\u00e3o@example.com', true],
	['joao@example.com', 'joão@example.com', false],
])('%s and %s are the same address: %p', (stored, given, same) => {
	expect(sameEmail(stored, given)).toBe(same);
});
