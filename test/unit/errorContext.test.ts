import { text } from '../../nodes/shared/fields';
import { runImagined } from '../support/imagined';

const find = { request: 'GET /things', effect: 'reads', fields: { q: text('Words') } } as const;

/** What is said of a value that the vendor refuses with some words. */
async function said(q: string, message: string): Promise<string | undefined> {
	const { error } = await runImagined(find, {
		items: [{ additionalFields: { q } }],
		answer: () => ({ status: 422, body: { message } }),
	});
	return error?.message;
}

const refused = 'Imagined CRM refused the request: ';

test.each([100, 100_000])(
	'a value of %i characters is looked for in the words of a refusal, and the message stays short',
	async (length) => {
		const value = 'x'.repeat(length);

		expect(await said(value, 'Too long')).toBe(`${refused}Too long`);
		expect((await said(value, `No: ${value}`))?.endsWith(` (given 'Words' a text of ${length} characters)`)).toBe(true);
	},
);

test.each([
	['ana', 'ANA is taken', true],
	['ana', 'anabel and banana are taken', false],
	['ana', 'anabel and Ana are taken', true],
	['ana', 'ana_1 is taken', false],
	['ana', 'ana1 is taken', false],
	['ana', '"ana".', true],
	['ana', 'éana anaé', false],
	['ana', '\u{1d400}ana ana\u{1d400}', false],
	['ana', '😀ana😀', true],
	['a.c', 'abc', false],
	['a.c (x)', 'no a.c (x) here', true],
	['josé', 'JOSÉ is taken', true],
])('the value %j in the words %j is named: %p', async (value, words, isNamed) => {
	expect(await said(value, words)).toBe(
		`${refused}${words}${isNamed ? ` (given 'Words' ${JSON.stringify(value)})` : ''}`,
	);
});

test('words of megabytes are not searched to their end, which would hold up all of n8n', async () => {
	const [early, late] = ['ana is taken', 'x'.repeat(1_000_000)];

	expect(await said('ana', `${early} ${late}`)).toMatch(/\(given 'Words' "ana"\)$/);
	expect(await said('ana', `${late} ${early}`)).not.toContain('given');
});
