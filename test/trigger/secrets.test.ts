import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { readingsOf, secretsOf } from '../../nodes/shared/trigger/webhookSecret';
import { isSigned } from '../../nodes/shared/trigger/signature';
import { credentialOf, hosts, SECRET, signed } from './support';

const open = hosts();
const parameters = { events: ['*'] };
const woofedCrm = async (secret: unknown) =>
	await open({ node: 'woofedCrmTrigger', parameters, credentials: credentialOf('woofedCrm', secret as string) });
const wegly = async (secret: unknown) =>
	await open({ node: 'weglyTrigger', parameters, credentials: credentialOf('wegly', secret as string) });

const deal = { event: 'deal_created', data: { id: 1 } };
const lead = JSON.stringify({ event_key: 'lead.created', payload: { lead: { id: 'x' } } });

describe('a secret in the address', () => {
	test.each<[string, string, string]>([
		['with + as it is', 'a+b+c', 'a+b+c'],
		['with + encoded', 'a+b+c', 'a%2Bb%2Bc'],
		['with blanks as +', 'a b c', 'a+b+c'],
		['with blanks as %20', 'a b c', 'a%20b%20c'],
		['in Base64, with +, / and =', 'q+8/zA==', 'q+8/zA=='],
		['in Base64, encoded', 'q+8/zA==', encodeURIComponent('q+8/zA==')],
		['in Base64url', 'q-8_zA', 'q-8_zA'],
		['that begins with Bearer', 'Bearer abc', 'Bearer%20abc'],
		['that was pasted with Bearer into the credential', 'Bearer abc', 'abc'],
		['that has blanks around it in the credential', '  abc\n', 'abc'],
		['that has blanks around it in both', ' abc ', '%20abc%20'],
		['with & as it is', 'a&b', 'a&b'],
		['with %, which encodes nothing', '100%', '100%'],
		['with letters beyond ASCII', 'São', 'S%C3%A3o'],
	])('%s is accepted', async (_what, secret, inAddress) => {
		const { host, send } = await woofedCrm(secret);

		expect((await send(deal, {}, `?a=1&secret=${inAddress}`)).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	test.each<[string, string, string]>([
		['with + for another character', 'a-b', '?secret=a+b'],
		['in another case', 'abc', '?secret=ABC'],
		['with more behind it', 'abc', '?secret=abc%20d'],
		['under a name that ends like it', 'abc', '?xsecret=abc'],
		['under its name in capitals', 'abc', '?SECRET=abc'],
		['in the path of the address alone', 'abc', '/secret=abc'],
	])('%s is refused', async (_what, secret, query) => {
		const { host, send } = await woofedCrm(secret);

		expect((await send(deal, {}, query)).status).toBe(401);
		expect(host.runs).toEqual([]);
	});

	test('of any text is accepted, however an address encodes it', () => {
		const visible = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
		const encodings = [
			encodeURIComponent,
			(text: string) => new URLSearchParams({ text }).toString().slice('text='.length),
		];
		fc.assert(
			fc.property(visible, fc.constantFrom(...encodings), (secret, encode) => {
				const readings = readingsOf(`https://n8n/webhook?one=1&secret=${encode(secret)}`, 'secret');
				expect(secretsOf(secret)!.some((spelling) => readings.includes(spelling))).toBe(true);
			}),
		);
	});
});

describe('a secret that signs', () => {
	test.each<[string, string, string]>([
		['with blanks around it, which Wegly keeps', ' abc ', ' abc '],
		['with blanks around it, which Wegly trims', ' abc ', 'abc'],
		['that begins with Bearer', 'Bearer abc', 'Bearer abc'],
		['that begins with Bearer, with blanks around it in the credential', ' Bearer abc ', 'Bearer abc'],
		['that was pasted with Bearer', 'Bearer abc', 'abc'],
		['with +', 'a+b/c==', 'a+b/c=='],
		['in Base64url', 'q-8_zA', 'q-8_zA'],
	])('%s is accepted', async (_what, stored, signing) => {
		const { host, send } = await wegly(stored);

		expect((await send(lead, { 'x-wegly-signature': signed(lead, signing) })).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	test.each<[string, string]>([
		['another one', 'abd'],
		['an empty one', ''],
		['a part of it', 'Bearer'],
	])('refuses %s', async (_what, signing) => {
		const { host, send } = await wegly('Bearer abc');

		expect((await send(lead, { 'x-wegly-signature': signed(lead, signing) })).status).toBe(401);
		expect(host.runs).toEqual([]);
	});

	const bytes = Buffer.from(lead);
	/** A secret whose signature has both characters in which the alphabets of Base64 differ. */
	const special = Array.from({ length: 1_000 }, (_, index) => `secret ${index}`).find((secret) => {
		const text = createHmac('sha256', secret).update(bytes).digest('base64');
		return text.includes('+') && text.includes('/');
	})!;
	const hmac = createHmac('sha256', special).update(bytes);
	const digest = hmac.digest();

	test.each([
		['hex', digest.toString('hex')],
		['Base64', digest.toString('base64')],
		['Base64 without padding', digest.toString('base64').replace('=', '')],
		['Base64url', digest.toString('base64url')],
		['Base64url with padding', `${digest.toString('base64url')}=`],
	])('is checked by a signature in %s, with and without its algorithm', (_encoding, signature) => {
		expect(
			[signature, `sha256=${signature}`, `SHA256=${signature}`].map((one) =>
				isSigned(bytes, { 'x-signature': one }, special, 'x-signature'),
			),
		).toEqual([true, true, true]);
	});

	test.each(['X-Signature', ' x-signature ', 'X-Signature:', '\u200bX-Signature\n'])(
		'is looked for in the header %j',
		(header) => {
			expect(isSigned(bytes, { 'x-signature': digest.toString('hex') }, special, header)).toBe(true);
		},
	);
});

describe('a secret of blanks', () => {
	test.each([' ', '\n\t', '\u00a0', '\u200b'])('is none: with %j nothing is accepted', async (blanks) => {
		const [one, other] = [await woofedCrm(blanks), await wegly(blanks)];

		const statuses = [
			(await one.send(deal)).status,
			(await one.send(deal, {}, `?secret=${encodeURIComponent(blanks)}`)).status,
			(await one.send('')).status,
			(await other.send(lead)).status,
			(await other.send(lead, { 'x-wegly-signature': signed(lead, blanks) })).status,
			(await other.send(lead, { 'x-wegly-signature': signed(lead, '') })).status,
		];

		expect(statuses).toEqual([401, 401, 401, 401, 401, 401]);
		expect([...one.host.runs, ...other.host.runs]).toEqual([]);
	});

	test.each(['woofedCrmTrigger', 'weglyTrigger'])(
		'is refused when a workflow with the %s is activated',
		async (node) => {
			const vendor = node === 'weglyTrigger' ? 'wegly' : 'woofedCrm';
			const { host } = await open({ node, parameters, credentials: credentialOf(vendor, '  ') });

			await expect(host.hook('checkExists')).rejects.toMatchObject({
				message: "'Webhook Secret' of the credential must be a text that nobody guesses, but consists of blanks",
				description: expect.stringContaining('empty the field'),
			});
		},
	);

	test.each<[string, object]>([
		['a secret', credentialOf('wegly', SECRET)],
		['an empty secret', credentialOf('wegly', '')],
		['a credential of a version without secrets', { weglyApi: { token: 'x' } }],
		['no credential', {}],
	])('is not meant by %s, with which the workflow is activated', async (_what, credentials) => {
		const { host } = await open({ node: 'weglyTrigger', parameters, credentials: credentials as never });

		expect(await host.hook('checkExists')).toBe(true);
	});
});
