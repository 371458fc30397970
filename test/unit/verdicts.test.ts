import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { defaultCountry } from '../../nodes/shared/form/defaultCountry';
import type { Vendor } from '../../nodes/shared/form/vendor';
import type { Verdict } from '../../nodes/shared/http/api';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { wegly } from '../../nodes/Wegly/vendor';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import { vendors } from '../support/vendors';

const verdictOf = (vendor: Vendor, status: number, body: unknown = {}) =>
	vendor.readResponse({ status, body, headers: {} }) as Verdict & { message?: string; code?: string; hint?: string };

describe.each(vendors)('$vendor.name', ({ vendor }) => {
	test.each<[number, Verdict['kind']]>([
		[200, 'success'],
		[201, 'success'],
		[299, 'success'],
		[300, 'refused'],
		[400, 'refused'],
		[428, 'refused'],
		[429, 'rateLimited'],
		[430, 'refused'],
		[499, 'refused'],
		[500, 'broken'],
		[501, 'broken'],
		[599, 'broken'],
	])('a status of %p without words is %p', (status, kind) => {
		expect(verdictOf(vendor, status)).toMatchObject(
			kind === 'success' ? { kind } : { kind, message: `status ${status}` },
		);
	});

	test.each([null, undefined, '', 'words', 0, true, [], [null], { message: null }, { message: '  ' }])(
		'a body of %j is read by its status',
		(body) => {
			expect([
				verdictOf(vendor, 200, body),
				verdictOf(vendor, 400, body).kind,
				verdictOf(vendor, 400, body).message,
			]).toEqual([{ kind: 'success' }, 'refused', 'status 400']);
		},
	);

	test('the words of the answer are told', () => {
		for (const status of [400, 429, 500, 502])
			expect(verdictOf(vendor, status, { message: ' No way ' }).message).toBe('No way');
	});
});

describe('advice of Wegly', () => {
	test.each<[number, string | undefined]>([
		[400, undefined],
		[
			401,
			'The token is missing, unknown or expired. In Wegly open Integrações > Gerenciar chaves, create a new key and paste it into the credential.',
		],
		[
			403,
			"The key lacks a permission, or its domain does not match 'Allowed Domain' of the credential. Create keys in Wegly under Integrações > Gerenciar chaves.",
		],
		[404, 'There is no record with this ID in the company of the key.'],
		[500, undefined],
	])('on status %p is %p', (status, hint) => {
		expect(verdictOf(wegly, status).hint).toBe(hint);
	});

	test('comes with the words of either member, the message first', () => {
		expect([
			verdictOf(wegly, 400, { error: 'E' }).message,
			verdictOf(wegly, 400, { error: 'E', message: 'M' }).message,
		]).toEqual(['E', 'M']);
	});
});

describe('advice of WoofedCRM', () => {
	test.each<[number, string | undefined]>([
		[400, undefined],
		[
			401,
			'The token is missing or invalid. In WoofedCRM open Settings > Users, choose the user and copy the token into the credential.',
		],
		[403, undefined],
		[
			404,
			'There is no record with this ID. Older versions of WoofedCRM lack some requests. If a list is missing, choose By ID and type the ID.',
		],
	])('on status %p is %p', (status, hint) => {
		expect(verdictOf(woofedCrm, status).hint).toBe(hint);
	});
});

describe('advice of WoofedCRM on the words of a validation', () => {
	const twice = expect.stringContaining('A product can be on a deal only once');
	const taken = expect.stringContaining('Another record already has this value');
	const address = expect.stringContaining('does not accept this email address');

	test.each<[string, unknown]>([
		['Product already added to this deal', twice],
		['Product has already been added to this deal', twice],
		['Produto já foi adicionado a este negócio', twice],
		['Producto ya ha sido añadido a este negocio', twice],
		['Email has already been taken', taken],
		['Phone (cell) has already been taken', taken],
		['E-mail já está em uso', taken],
		['Email is invalid', address],
		['E-mail não é válido', address],
		['Phone (cell) is invalid', undefined],
		['Emailer must be green', undefined],
	])('%s', (words, hint) => {
		expect(verdictOf(woofedCrm, 422, { errors: [words] })).toMatchObject({ kind: 'refused', message: words });
		expect(verdictOf(woofedCrm, 422, { errors: [words] }).hint).toEqual(hint);
		expect(verdictOf(woofedCrm, 400, { errors: [words] }).hint).toBeUndefined();
	});

	test('names the record that is missing', () => {
		expect(verdictOf(woofedCrm, 422, { errors: ['Stage must exist'] })).toMatchObject({
			isMissing: true,
			hint: expect.stringContaining('no record'),
		});
		expect(verdictOf(woofedCrm, 422, { errors: ['Email has already been taken'] })).not.toHaveProperty('isMissing');
	});
});

describe('words of WoofedCRM', () => {
	test.each<[string, number, unknown, string]>([
		['a text', 400, { errors: 'Unauthorized' }, 'Unauthorized'],
		['texts', 422, { errors: ['Name is missing', 'Stage is missing'] }, 'Name is missing; Stage is missing'],
		[
			'texts by field',
			422,
			{ errors: { phone: ['is invalid'], email: ['is taken', 'is long'] } },
			'phone: is invalid; email: is taken; email: is long',
		],
		['an error', 404, { status: 404, error: 'Not Found' }, 'Not Found'],
		['an error with details', 422, { error: 'Invalid', details: ['a', 'b'] }, 'Invalid: a; b'],
		['details alone', 422, { details: 'Too long' }, 'Too long'],
		['fields without an envelope', 422, { phone: ['is invalid'] }, 'phone: is invalid'],
		['a bare text', 422, 'No', 'No'],
		['members of another status than 422, which may be anything', 400, { phone: ['is invalid'] }, 'status 400'],
		['nothing', 422, {}, 'status 422'],
	])('are taken from %s', (_, status, body, words) => {
		expect(verdictOf(woofedCrm, status, body).message).toBe(words);
	});
});

describe('Syncro Chat', () => {
	const key = 'In Syncro Chat open Settings > API Keys, create a new key and paste it into the credential.';

	test.each<[string, number, unknown, { code?: string; hint?: string }]>([
		[
			'a missing permission',
			403,
			{ required_permission: 'tasks:write', blocked: true },
			{
				code: 'tasks:write',
				hint: 'The key lacks the permission tasks:write. In Syncro Chat open Settings > API Keys and create a key that has it.',
			},
		],
		[
			'a permission that is no text',
			403,
			{ required_permission: 7 },
			{ code: undefined, hint: 'The Syncro Chat account may be suspended.' },
		],
		[
			'pending tasks',
			422,
			{ blocked: true, limit_reached: true },
			{ code: 'blocked', hint: 'The lead has mandatory tasks that are still pending. Complete them first.' },
		],
		[
			'pending tasks that are no list',
			422,
			{ blocked: true, pending_tasks: 'two' },
			{ code: 'blocked', hint: 'The lead has mandatory tasks that are still pending. Complete them first.' },
		],
		[
			'pending tasks by name, number or nothing',
			422,
			{
				blocked: true,
				pending_tasks: ['Visit', { subject: 'Call', id: 1 }, { id: 45 }, { subject: {} }, null, {}, ''],
			},
			{
				code: 'blocked',
				hint: 'The lead has mandatory tasks that are still pending: Visit, Call, 45, {}. Complete them first.',
			},
		],
		[
			'a full plan',
			422,
			{ limit_reached: true, skip_reason: 'window_closed' },
			{ code: 'limit_reached', hint: 'The limit of the Syncro Chat plan is reached.' },
		],
		[
			'a closed window',
			422,
			{ skip_reason: 'window_closed' },
			{
				code: 'window_closed',
				hint: "The customer's last message is more than 24 hours old. Send an approved template instead of free text.",
			},
		],
		[
			'another reason',
			422,
			{ skip_reason: 'other', blocked: 'true', limit_reached: 1 },
			{ code: undefined, hint: undefined },
		],
		['an unknown key', 401, {}, { code: undefined, hint: `The API key is missing, unknown or expired. ${key}` }],
		['a refusal without a reason', 403, {}, { code: undefined, hint: 'The Syncro Chat account may be suspended.' }],
		[
			'a record that is not there',
			404,
			{},
			{ code: undefined, hint: 'There is no record with this ID in the account of the key.' },
		],
		['a conflict', 409, {}, { code: undefined, hint: undefined }],
	])('says what to do about %s', (_, status, body, { code, hint }) => {
		const verdict = verdictOf(syncroChat, status, body);

		expect([verdict.kind, verdict.code, verdict.hint]).toEqual(['refused', code, hint]);
	});

	test('tells nobody whether the provider took the message over on 502, and on 502 only', () => {
		expect(verdictOf(syncroChat, 502, { message: 'Provider' })).toEqual({
			kind: 'broken',
			message: 'Provider',
			code: 'provider',
			hint: 'The WhatsApp provider did not accept the message.',
		});
		for (const status of [501, 503])
			expect(verdictOf(syncroChat, status)).toEqual({ kind: 'broken', message: `status ${status}` });
	});

	test('tells errors by field before its message', () => {
		expect(verdictOf(syncroChat, 422, { message: 'Invalid', errors: { name: ['is missing'] } }).message).toBe(
			'name: is missing',
		);
	});

	test.each<[unknown, number | undefined]>([
		[39, 39],
		['39', undefined],
		[undefined, undefined],
	])('is waited out as it asks when retry_after is %j', (retry_after, waitSeconds) => {
		expect(verdictOf(syncroChat, 429, { message: 'Slow', retry_after })).toEqual({
			kind: 'rateLimited',
			message: 'Slow',
			waitSeconds,
		});
	});
});

test.each([
	[leadSquared, { host: 'api-in21.leadsquared.com' }, 'https://api-in21.leadsquared.com'],
	[leadSquared, { host: 'custom', baseUrl: 'https://own.example' }, 'https://own.example'],
	[leadSquared, { host: 'custom' }, ''],
	[syncroChat, { baseUrl: 'https://own.example' }, 'https://own.example'],
	[syncroChat, {}, ''],
	[wegly, { baseUrl: 'https://own.example' }, 'https://own.example'],
	[wegly, {}, ''],
	[woofedCrm, { baseUrl: 'https://own.example' }, 'https://own.example'],
	[woofedCrm, {}, ''],
])('the address of $name comes from its credential %j: %p', (vendor, credential, address) => {
	expect(vendor.baseUrl(credential)).toBe(address);
});

test('WoofedCRM works in the account of the options, else in that of the credential', () => {
	expect([woofedCrm.scope!({ accountId: 3 }, {}), woofedCrm.scope!({ accountId: 3 }, { accountId: 5 })]).toEqual([
		'/accounts/3',
		'/accounts/5',
	]);
});

test.each([
	[
		leadSquared,
		{
			name: 'LeadSquared',
			credential: 'leadSquaredApi',
			secrets: ['accessKey', 'secretKey'],
			apiPath: '/v2',
			formats: { dateTime: 'yyyy-MM-dd HH:mm:ss', time: 'HH:mm:ss' },
		},
	],
	[
		syncroChat,
		{
			name: 'Syncro Chat',
			credential: 'syncroChatApi',
			secrets: ['apiKey'],
			apiPath: '/api/v1',
			formats: { dateTime: 'iso', time: 'HH:mm' },
			options: { defaultCountry },
		},
	],
	[
		wegly,
		{
			name: 'Wegly',
			credential: 'weglyApi',
			secrets: ['token'],
			apiPath: '/integrations/external',
			formats: { dateTime: 'iso', time: 'HH:mm' },
		},
	],
	[
		woofedCrm,
		{
			name: 'WoofedCRM',
			credential: 'woofedCrmApi',
			secrets: ['token'],
			apiPath: '/api/v1',
			formats: { dateTime: 'iso', time: 'HH:mm' },
		},
	],
])('what is true for every request to $name', (vendor, facts) => {
	expect(vendor).toMatchObject(facts);
});
