import fc from 'fast-check';
import type { CountryCode } from '../../nodes/shared/base/libphonenumber';
import { isBrazilian, plainPhone, parsePhone, withNinthDigit, formatPhone } from '../../nodes/shared/base/phone';
import { phone, phoneDigits } from '../../nodes/shared/fields';

const check = (given: unknown, defaultCountry?: CountryCode) =>
	phone('Phone')
		.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' }, defaultCountry })
		.safeParse(given).data as string | undefined;

test.each<[string, unknown, CountryCode, string]>([
	['of Brazil with brackets and hyphen', '(11) 98765-4321', 'BR', '+5511987654321'],
	['of Brazil with a 0 before the area', '(011) 98765-4321', 'BR', '+5511987654321'],
	['of Brazil with the code of a carrier', '0 15 11 98765-4321', 'BR', '+5511987654321'],
	['of Brazil as a number', 11987654321, 'BR', '+5511987654321'],
	['of Brazil without its ninth digit', '(11) 8765-4321', 'BR', '+551187654321'],
	['of a landline in Brazil', '(11) 3333-4444', 'BR', '+551133334444'],
	['of an area that reads like the country code', '(55) 99999-8888', 'BR', '+5555999998888'],
	['of an area that reads like another country', '31988887777', 'BR', '+5531988887777'],
	['of Mexico', '55 1234 5678', 'MX', '+525512345678'],
	['of Mexico with its 1', '1 55 1234 5678', 'MX', '+5215512345678'],
	['of Argentina with 15', '011 15-2345-6789', 'AR', '+5491123456789'],
	['of Brazil as a tel link', 'tel:11-98765-4321', 'BR', '+5511987654321'],
	['of India', '098765 43210', 'IN', '+919876543210'],
	['of the United States', '(415) 555-2671', 'US', '+14155552671'],
])('a national number %s is taken with a default country', (_, given, country, expected) => {
	expect(check(given, country)).toBe(expected);
});

test.each<[string, unknown, string]>([
	['with blanks, brackets and hyphen', '+55 (11) 98765-4321', '+5511987654321'],
	['with points', '+55.11.98765.4321', '+5511987654321'],
	['with 00', '0055 11 98765 4321', '+5511987654321'],
	['with a 0 in brackets', '+44 (0)20 7946 0958', '+442079460958'],
	['that no plan of numbers knows yet', '+56 9 1234 5678', '+56912345678'],
	['with its country code in brackets', '(+55) 11 98765-4321', '+5511987654321'],
	['that a table made a decimal', '5511987654321.0', '+5511987654321'],
	['that a table keeps as text', "'+5511987654321", '+5511987654321'],
	['between direction marks', '\u202a+55\u00a011 98765\u20114321\u202c', '+5511987654321'],
	['as an ID of WhatsApp', '5511987654321@s.whatsapp.net', '+5511987654321'],
	['as an ID of WhatsApp with a device', '5511987654321:12@s.whatsapp.net', '+5511987654321'],
	['as an ID of WhatsApp with agent and device', '5511987654321.0:3@S.WhatsApp.net', '+5511987654321'],
	['as an ID of WhatsApp Web', '5511987654321@c.us', '+5511987654321'],
	['as a tel link', 'tel:+55-11-98765-4321', '+5511987654321'],
	['as a tel link with a context', 'tel:11987654321;phone-context=+55', '+5511987654321'],
	['as a tel link that is escaped', 'TEL:%2B5511987654321', '+5511987654321'],
	['as Twilio gives it', 'whatsapp:+5511987654321', '+5511987654321'],
	['as a link of the app', 'whatsapp://send?phone=5511987654321&text=Oi', '+5511987654321'],
	['as a link to a chat', 'https://wa.me/5511987654321?text=Oi%20Ana', '+5511987654321'],
	['as a link without its scheme', 'wa.me/+55-11-98765-4321/', '+5511987654321'],
	['as a long link', 'https://api.whatsapp.com/send?phone=5511987654321&text=Oi', '+5511987654321'],
	[
		'as a long link that WhatsApp writes',
		'https://api.whatsapp.com/send/?phone=%2B5511987654321&text&type=phone_number&app_absent=0',
		'+5511987654321',
	],
	['as a link of WhatsApp Web', 'https://web.whatsapp.com/send?phone=5511987654321', '+5511987654321'],
	['of Mexico as WhatsApp gives it', '5215512345678@s.whatsapp.net', '+5215512345678'],
	['of Mexico with its 1', '+52 1 55 1234 5678', '+5215512345678'],
	['of Mexico without its 1', '+52 55 1234 5678', '+525512345678'],
	['of Argentina with its 9', '+54 9 11 2345-6789', '+5491123456789'],
	['of Argentina without its 9', '+54 11 2345-6789', '+541123456789'],
	['of Argentina with the 15 of a call inside the country', '+54 11 15-2345-6789', '+5491123456789'],
	['as digits alone, as WhatsApp gives it', '5511987654321', '+5511987654321'],
	['as digits alone, of another country', '14155552671', '+14155552671'],
	['as a number', 5511987654321, '+5511987654321'],
])('a number with country code, %s, is the same with and without a default country', (_, given, expected) => {
	expect([check(given), check(given, 'BR')]).toEqual([expected, expected]);
});

test.each<[string, unknown]>([
	['words', 'abc'],
	['words around a number', 'call (11) 98765-4321'],
	['three digits', '999'],
	['22 characters', '+551198765432155119876'],
	['22 digits', '5511987654321551198765'],
	['a number without its area', '98765-4321'],
	['an extension', '+55 11 98765-4321 ext. 5'],
	['an extension in Portuguese', '+55 11 98765-4321 ramal 5'],
	['an extension of a link', 'tel:+55-11-98765-4321;ext=5'],
	['letters', '11 9999-ABCD'],
	['letters behind a country code', '+55 11 9999-ABCD'],
	['a Brazilian number with country code and without area', '+55 98765-4321'],
	['two numbers', '+55 11 3333-4444/5555'],
	['two whole numbers', '+5511987654321, +5511987654322'],
	['a fraction', 5511987654321.5],
	['more digits than a number of JavaScript holds', 55119876543215511],
	['what a narrow column leaves', '5.51199E+12'],
	['a WhatsApp group', '120363025246125486@g.us'],
	['a WhatsApp group of old', '5511987654321-1410967034@g.us'],
	['a hidden number', '181351512345678@lid'],
	['a broadcast list', '5511987654321@broadcast'],
	['the status of WhatsApp', 'status@broadcast'],
	['a WhatsApp channel', '120363144038483540@newsletter'],
	['a link to a group', 'https://chat.whatsapp.com/Jd8sHd72Hs'],
	['a link without a number', 'https://wa.me/message/ABCDEFGH1'],
	['a link without anything', 'https://wa.me/'],
	['an email address', '5511987654321@example.com'],
	['another link', 'https://example.com/5511987654321'],
	['a country that is not there', '+999 11 98765 4321'],
	['a list', ['+5511987654321']],
	['a made-up number', '(00) 00000-0000'],
])('%s are no phone number, with or without a default country', (_, given) => {
	expect([check(given), check(given, 'BR')]).toEqual([undefined, undefined]);
});

test.each([
	['with brackets', '(11) 98765-4321'],
	['of Brazil that reads like one of Peru', '51998765432'],
	['of Brazil that reads like one of the Netherlands', '31988887777'],
	['of an area that reads like the country code', '55999998888'],
])('without a default country, a number %s is refused in place of a guess', (_, given) => {
	expect(check(given)).toBeUndefined();
});

test('what was read is read again as the same', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.stringMatching(/^[+(]?[0-9 ()-]{0,18}$/)),
			fc.constantFrom<CountryCode | undefined>(undefined, 'BR', 'IN', 'US', 'PT'),
			(given, country) => {
				const number = check(given, country);

				expect(number === undefined || (/^\+[1-9]\d{3,14}$/.test(number) && check(number) === number)).toBe(true);
			},
		),
		{ numRuns: 2_000 },
	);
});

test.each<[string, string]>([
	['+5511999887766', '+5511999887766'],
	['+551199887766', '+5511999887766'],
	['+551166665555', '+5511966665555'],
	['+551133334444', '+551133334444'],
	['+551155556666', '+551155556666'],
	['+14155550123', '+14155550123'],
	['+351912345678', '+351912345678'],
])('%s has its ninth digit as %s', (number, expected) => {
	expect(withNinthDigit(number)).toBe(expected);
});

test.each<[string, boolean]>([
	['+5511999887766', true],
	['+551133334444', true],
	['+14155550123', false],
	['+55119998877661', false],
	['1+5511999887766', false],
])('%s is a number of Brazil: %p', (number, expected) => {
	expect(isBrazilian(number)).toBe(expected);
});

test.each<[string, string | undefined]>([
	['  +55 11 98765-4321 ', '+5511987654321'],
	['+1 212 400 0055', '+12124000055'],
	['(55) 11.98765-4321', '+5511987654321'],
	['0', undefined],
])('%j without a default country is %j', (given, expected) => {
	expect(parsePhone(given)).toBe(expected);
});

test('a phone field says what it takes, with an example', () => {
	expect(phone('Phone').spec).toMatchObject({
		expects:
			"a phone number with country code like +5511999999999, or a national number if 'Default Country' is set in Options",
		ui: { placeholder: 'e.g. +5511999999999' },
	});
	expect(
		phone('Phone')
			.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } })
			.safeParse('abc').success,
	).toBe(false);
});

const digitsOf = (given: unknown) =>
	phoneDigits('Contact Number', 'BR', 50)
		.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } })
		.safeParse(given).data as string | undefined;

test.each<[string, unknown, string]>([
	['with area code', '11999999999', '11999999999'],
	['as a number', 11999999999, '11999999999'],
	['with brackets and hyphen', '(11) 99999-9999', '11999999999'],
	['with points and slash', '11/99999.9999', '11999999999'],
	['with a dash of typesetting', '11 99999\u20139999', '11999999999'],
	['between direction marks', '\u202d11 99999-9999\u202c', '11999999999'],
	['without its ninth digit', '11 8888-7777', '1188887777'],
	['of a landline', '(11) 3333-4444', '1133334444'],
	['with a 0 before the area', '(011) 99999-9999', '11999999999'],
	['with the code of a carrier', '0 15 11 99999-9999', '11999999999'],
	['with country code', '+55 (11) 99999-9999', '5511999999999'],
	['with 00', '0055 11 99999 9999', '5511999999999'],
	['as digits with country code', '5511999999999', '5511999999999'],
	['of an area that reads like the country code', '55999998888', '55999998888'],
	['as an ID of WhatsApp', '5511999999999@s.whatsapp.net', '5511999999999'],
	['of another country', '+351 912 345 678', '351912345678'],
	['of another country as digits', '351 912 345 678', '351912345678'],
	['of Mexico', '+52 1 55 1234 5678', '5215512345678'],
	['of a small country', '+376 312 345', '376312345'],
])('a number %s is sent as its digits, with the country code that it has', (_, given, expected) => {
	expect(digitsOf(given)).toBe(expected);
});

test.each<[string, unknown]>([
	['letters', '11 9999-ABCD'],
	['letters with a country code', '+55 11 9999-ABCD'],
	['an extension', '11 3333-4444 ramal 5'],
	['an extension in English', '11 3333-4444 ext. 12'],
	['an extension with a mark', '11 3333-4444 #12'],
	['a name', 'Ana'],
	['a number with a name', 'Ana 11 99999-9999'],
	['no area code', '99999-9999'],
	['a country code and no area code', '+55 99999-9999'],
	['three digits', '190'],
	['seventeen digits', '55119999999991234'],
	['two numbers', '11999999999, 11988887777'],
	['two numbers with a slash', '11 3333-4444/5555'],
	['nothing but zeros', '(00) 00000-0000'],
	['a point between zeros', 11999999999.5],
	['a yes', true],
	['a list', ['11999999999']],
	['a group', '120363025246125486@g.us'],
	['a list of what is called', '*123#'],
])('%s is refused where digits are sent', (_, given) => {
	expect(digitsOf(given)).toBeUndefined();
});

test('what is sent as digits has nothing else, and is all that was written but for a prefix', () => {
	const spelled = fc.stringMatching(/^[+(]?[0-9 ()-]{0,18}$/);
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), spelled), (given) => {
			const sent = digitsOf(given);

			expect(
				sent === undefined || (/^[1-9]\d{6,14}$/.test(sent) && given.replace(/\D/g, '').endsWith(sent.slice(-8))),
			).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

test.each<[string, unknown, string | undefined]>([
	[
		'letters',
		'11 9999-ABCD',
		'Remove letters, extensions and a second number. A phone number has only digits and punctuation.',
	],
	['too few digits', '99999-9999', 'It has only 9 digits. Add the area code, or the country code with a + before it.'],
	[
		'too many digits',
		'5511999999999123',
		'It has 16 digits, and a phone number has at most 15. Enter only one number.',
	],
	[
		'what a narrow column leaves',
		'5,51199E+12',
		'The spreadsheet shortened this number, and its last digits are lost. Format its column as text.',
	],
	['a group', '1@g.us', 'This is a WhatsApp group, which has no phone number.'],
	['a list of several', '1@broadcast', 'This is a WhatsApp broadcast list or status, which has no phone number.'],
	['a channel', '1@newsletter', 'This is a WhatsApp channel, which has no phone number.'],
	['a link to a group', 'https://chat.whatsapp.com/Jd8sHd72Hs', 'This is a WhatsApp group, which has no phone number.'],
	[
		'a link to a channel',
		'https://whatsapp.com/channel/0029Va',
		'This is a WhatsApp channel, which has no phone number.',
	],
	[
		'a hidden number',
		'181351512345678@lid',
		'This is a WhatsApp ID that hides the phone number. Use another field of the message, such as remoteJidAlt or senderPn.',
	],
	[
		'a link without a number',
		'wa.me/message/X',
		'This link contains no phone number. Use a link like https://wa.me/5511999999999.',
	],
	['nothing of the kind', '+55 11 98765+4321', undefined],
	['no text', ['x'], undefined],
])('a refused phone field tells what to do about %s', (_, given, expected) => {
	expect(phone('Phone').spec.suggestion?.(given)).toBe(expected);
});

test.each<[string, string | undefined]>([
	['+91-98765 43210', '+919876543210'],
	['098765 43210', '09876543210'],
	['5511987654321@c.us', '+5511987654321'],
	['123', undefined],
	['1234', '1234'],
	['123456789012345', '123456789012345'],
	['1234567890123456', undefined],
	['98765 x 1', undefined],
	['1@g.us', undefined],
])('%s without punctuation is %s', (given, expected) => {
	expect(plainPhone(given)).toBe(expected);
});

test('a number that is sent as written keeps its punctuation, and loses what nobody sees', () => {
	expect([' +55 11 99988-7766\u202c', '5511999887766@c.us', '11 9999-ABCD'].map(formatPhone)).toEqual([
		'+55 11 99988-7766',
		'+5511999887766',
		undefined,
	]);
});
