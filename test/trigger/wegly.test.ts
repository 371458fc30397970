import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isSigned } from '../../nodes/shared/trigger/signature';
import { credentialOf, hosts, SECRET, signed } from './support';

const open = hosts();
const listen = async (parameters: IDataObject = { events: ['*'] }, secret = SECRET) =>
	await open({ node: 'weglyTrigger', parameters, credentials: credentialOf('wegly', secret) });

const lead = { id: '11111111-1111-4111-8111-111111111111', title: 'Lead', updated_at: '2026-06-02T12:05:00.000Z' };
const body = JSON.stringify({ event_key: 'lead.created', payload: { lead } });
const base64 = createHmac('sha256', SECRET).update(body).digest('base64');

describe('the signature', () => {
	test.each([
		['hex', signed(body)],
		['hex in capitals', signed(body).toUpperCase()],
		['hex with a prefix', `sha256=${signed(body)}`],
		['Base64', base64],
		['Base64 with a prefix', `sha256=${base64}`],
	])('as %s is taken', async (_what, signature) => {
		const { host, send } = await listen();

		expect(await send(body, { 'x-wegly-signature': signature })).toMatchObject({ status: 200 });
		expect(host.runs).toEqual([[{ json: { event: 'lead.created', record: lead } }]]);
	});

	test.each<[string, string, Record<string, string>]>([
		['is missing', body, {}],
		['is empty', body, { 'x-wegly-signature': '' }],
		['is that of another secret', body, { 'x-wegly-signature': signed(body, 'another') }],
		['is that of another body', body.replace('Lead', 'Deal'), { 'x-wegly-signature': signed(body) }],
		[
			'is that of the same JSON in another form',
			JSON.stringify(JSON.parse(body), null, 1),
			{ 'x-wegly-signature': signed(body) },
		],
		['is cut', body, { 'x-wegly-signature': signed(body).slice(0, 62) }],
		['has one digit more', body, { 'x-wegly-signature': `${signed(body)}0` }],
		[
			'is in an encoding that is none of those known',
			body,
			{ 'x-wegly-signature': Buffer.from(signed(body), 'hex').toString('base64url') + '!' },
		],
		['stands in another header', body, { 'x-signature': signed(body) }],
		['has another algorithm before it', body, { 'x-wegly-signature': `sha1=${signed(body)}` }],
	])('%s: 401, no run, and no word about why', async (_what, raw, headers) => {
		const { host, send } = await listen();

		expect(await send(raw, headers)).toEqual({ status: 401, text: 'Unauthorized' });
		expect(host.runs).toEqual([]);
		expect(host.stored).toBe('{}');
	});

	test('is not asked for where the credential holds no secret', async () => {
		const { host, send } = await listen(undefined, '');

		expect(await send(body)).toMatchObject({ status: 200 });
		expect(host.runs).toHaveLength(1);
	});

	test('a delivery that is sent again, signed as it is, starts no second run', async () => {
		const { host, send } = await listen();
		const headers = { 'x-wegly-signature': signed(body) };

		const answers = [await send(body, headers), await send(body, headers)];

		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect(host.runs).toHaveLength(1);
	});

	describe('of a secret that was changed in the credential', () => {
		beforeEach(() =>
			jest.useFakeTimers({
				now: 0,
				doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'],
			}),
		);
		afterEach(() => jest.useRealTimers());

		const changed = async () => {
			const credentials = credentialOf('wegly', SECRET);
			const { host, send } = await open({ node: 'weglyTrigger', parameters: { events: ['*'] }, credentials });
			const deliver = async (title: string, secret: string) => {
				const other = body.replace('Lead', title);
				return (await send(other, { 'x-wegly-signature': signed(other, secret) })).status;
			};
			expect(await deliver('before', SECRET)).toBe(200);
			credentials.weglyApi.webhookSecret = 'another';
			return { host, deliver };
		};

		test('is taken at once, and that of the one before no more', async () => {
			const { host, deliver } = await changed();

			expect([await deliver('new', 'another'), await deliver('old', SECRET)]).toEqual([200, 401]);
			expect(host.runs).toHaveLength(2);
		});

		test('is that of the one before for ten seconds at most', async () => {
			const { deliver } = await changed();
			jest.advanceTimersByTime(9_999);
			const within = await deliver('within', SECRET);
			jest.advanceTimersByTime(1);

			expect([within, await deliver('after', SECRET)]).toEqual([200, 401]);
		});
	});

	test('is never guessed: of 10,000 bodies with signatures that were not made with the secret none is taken', () => {
		const hex = fc.stringMatching(/^[\da-f]{64}$/);
		const anything = fc.oneof(
			fc.string(),
			hex,
			hex.map((text) => `sha256=${text}`),
			fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64')),
			fc.string().map((secret) => signed(body, `${secret}?`)),
		);
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 300 }),
				anything,
				fc.constantFrom(undefined, 'x-wegly-signature'),
				(bytes, signature, header) => {
					return !isSigned(Buffer.from(bytes), { 'x-wegly-signature': signature, host: 'n8n' }, SECRET, header);
				},
			),
			{ numRuns: 10_000 },
		);
	});
});

describe('what is no delivery', () => {
	const headersFor = (raw: string | Buffer) => ({ 'x-wegly-signature': signed(raw) });

	test.each<[string, string, number]>([
		['no JSON', '{"event_key":', 400],
		['a list', '[]', 400],
		['a text', '"lead.created"', 400],
		['a number', '5', 400],
	])('%s gets 4xx and starts no run', async (_what, raw, status) => {
		const { host, send } = await listen();

		expect(await send(raw, headersFor(raw))).toMatchObject({ status });
		expect(host.runs).toEqual([]);
	});

	test.each<[string, Buffer, string]>([
		['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${body}`), 'application/json'],
		['UTF-16 by its charset', Buffer.from(body, 'utf16le'), 'application/json; charset=utf-16le'],
		[
			'ISO-8859-1 by its charset',
			Buffer.from(body.replace('Lead', 'São João'), 'latin1'),
			'application/vnd.wegly+json; charset=iso-8859-1',
		],
	])('a delivery in %s is read, and its signature is that of its bytes', async (_encoding, raw, type) => {
		const { host, send } = await listen();

		expect(await send(raw, { ...headersFor(raw), 'content-type': type })).toMatchObject({ status: 200 });
		const { title } = (host.runs[0][0].json.record ?? {}) as IDataObject;
		expect(['Lead', 'São João']).toContain(title);
	});

	test('a body above one megabyte gets 413 and is not hashed', async () => {
		const { host, send } = await listen();
		const raw = Buffer.alloc(1024 * 1024 + 1, 32);

		expect(await send(raw)).toEqual({ status: 413, text: 'Payload Too Large' });
		expect(host.runs).toEqual([]);
	});

	test('a form with files gets 400', async () => {
		const { host, send } = await listen(undefined, '');

		expect(await send('--x--', { 'content-type': 'multipart/form-data; boundary=x' })).toMatchObject({ status: 400 });
		expect(host.runs).toEqual([]);
	});

	test('a body is not looked at before its signature: broken JSON without one gets 401', async () => {
		const { send } = await listen();

		expect(await send('{')).toMatchObject({ status: 401 });
	});
});

describe('events', () => {
	const take = async (parameters: IDataObject, ...bodies: IDataObject[]) => {
		const { host, send } = await listen(parameters, '');
		for (const one of bodies) await send(one);
		return host.runs.map(([{ json }]) => json);
	};
	const updated = { event_key: 'lead.updated', payload: { lead } };
	const moved = { event_key: 'lead.stage_changed', payload: { lead } };

	test('those of the list that were chosen, and no others', async () => {
		expect(await take({ events: ['lead.stage_changed'] }, updated, moved)).toEqual([
			{ event: 'lead.stage_changed', record: lead },
		]);
	});

	test('others by the name that Wegly gives them', async () => {
		expect(
			await take(
				{ events: [], otherEvents: 'delivery.created, delivery.updated' },
				{ event_key: 'delivery.updated', payload: { delivery: { id: 1 } } },
			),
		).toEqual([{ event: 'delivery.updated', record: { id: 1 } }]);
	});

	test('a payload of another shape comes out whole', async () => {
		expect(await take({ events: ['deal.won'] }, { event_key: 'deal.won', payload: { id: 7 } })).toEqual([
			{ event: 'deal.won', record: { id: 7 } },
		]);
	});

	test('one change that fires two events starts two runs, and one with One Run per Change', async () => {
		expect(await take({ events: ['*'] }, moved, updated)).toHaveLength(2);
		expect(await take({ events: ['*'], options: { oneRunPerChange: true } }, moved, updated)).toEqual([
			{ event: 'lead.stage_changed', record: lead },
		]);
	});

	test('with One Run per Change the next change of the record starts a run, and so does a record without a time', async () => {
		const later = { event_key: 'lead.updated', payload: { lead: { ...lead, updated_at: '2026-06-02T12:06:00.000Z' } } };
		const timeless = { event_key: 'deal.won', payload: {} };

		expect(await take({ events: ['*'], options: { oneRunPerChange: true } }, moved, later, timeless)).toHaveLength(3);
	});

	test.each<[string, IDataObject]>([
		['a date', { updated_at: undefined }],
		['a date, which is null', { updated_at: null }],
		['an ID', { id: undefined }],
	])('with One Run per Change a record without %s starts a run for each of its events', async (_what, lacking) => {
		const [one, other] = ['lead.stage_changed', 'lead.updated'].map((event_key) => ({
			event_key,
			payload: { lead: { ...lead, ...lacking } },
		}));

		expect(await take({ events: ['*'], options: { oneRunPerChange: true } }, one, other)).toHaveLength(2);
	});

	test('the whole delivery comes along where it is wanted', async () => {
		expect(await take({ events: ['*'], options: { includeDelivery: true } }, moved)).toEqual([
			{ event: 'lead.stage_changed', record: lead, delivery: moved },
		]);
	});
});
