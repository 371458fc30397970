import { startSelfSigned } from '../support/selfSigned';
import { Bench, failureIn } from '../support/run';
import { testCredential } from './credentialTest';

const bench = new Bench();
let server: Awaited<ReturnType<typeof startSelfSigned>>;
beforeAll(async () => {
	server = await startSelfSigned(bench.sandbox.vendors.woofedCrm.url);
});
afterAll(async () => await server.close());

const create = {
	resource: 'contact',
	operation: 'create',
	full_name: 'Ana',
	additionalFields: { email: 'ana@example.com' },
};
const sent = () => bench.sandbox.vendors.woofedCrm.requests;

describe("a server with a certificate of its own making, and 'Ignore SSL Issues'", () => {
	test.each([false, undefined, 'true'])('%p: nothing is sent, and the certificate is named', async (ignoreSsl) => {
		const { items } = await bench.run('woofedCrm', create, {
			credential: { baseUrl: server.url, ignoreSsl },
			settings: { onError: 'continueRegularOutput' },
		});

		expect(failureIn(items[0])).toEqual({
			message: `The certificate of ${new URL(server.url).host} is not trusted`,
			description: "Install a valid certificate, or turn on 'Ignore SSL Issues' if the credential has it.",
			hint: expect.any(String),
			code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
		expect(sent()).toEqual([]);
	});

	test('true: the request goes out', async () => {
		const { items } = await bench.run('woofedCrm', create, { credential: { baseUrl: server.url, ignoreSsl: true } });

		expect(items[0].json).toMatchObject({ full_name: 'Ana' });
		expect(sent().map(({ applied }) => applied)).toContain(true);
	});

	test.each([
		[
			false,
			'Error',
			/^The certificate of 127\.0\.0\.1:\d+ is not trusted\. Install a valid certificate, or turn on 'Ignore SSL Issues'/,
		],
		[true, 'OK', /^Connection successful!$/],
	])(
		'%p: the credential test says %s, as the node does, also where https:// is left out',
		async (ignoreSsl, status, words) => {
			const test = async (baseUrl: string) =>
				await testCredential('woofedCrm', { ...bench.sandbox.credentials.woofedCrmApi, baseUrl, ignoreSsl });

			for (const address of [server.url, `${new URL(server.url).host}/ `])
				expect(await test(address)).toEqual({ status, message: expect.stringMatching(words) });
		},
	);
});
