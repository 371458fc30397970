import { readFileSync } from 'node:fs';
import path from 'node:path';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import type { Vendor } from '../../nodes/shared/form/vendor';
import type { Verdict } from '../../nodes/shared/http/api';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { wegly } from '../../nodes/Wegly/vendor';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';

const verdictOf = (vendor: Vendor, status: number, body: unknown = {}) =>
	vendor.readResponse({ status, body, headers: {} }) as Verdict & { message?: string; code?: string; hint?: string };

describe('LeadSquared', () => {
	test('refuses a success that reports that nothing was done', () => {
		expect(verdictOf(leadSquared, 200, { Status: 'Success', Message: { IsSuccessful: false } })).toMatchObject({
			kind: 'refused',
			message: 'nothing was done',
		});
		expect(verdictOf(leadSquared, 200, { Status: 'Success', Message: { IsSuccessful: true } })).toEqual({
			kind: 'success',
		});
	});

	test.each([null, '', undefined])('returns a success with an exception type of %j', (ExceptionType) => {
		expect(verdictOf(leadSquared, 200, { Status: '0', ExceptionType, ExceptionMessage: null })).toEqual({
			kind: 'success',
		});
	});

	const keys =
		'The access key or secret key is wrong, its user is no longer active, or the host is not in your region. Copy all three from LeadSquared under My Account > Settings > API and Webhooks.';
	const errorBody = (ExceptionMessage: string, ExceptionType?: string) => ({
		Status: 'Error',
		ExceptionType,
		ExceptionMessage,
	});
	const limit = 'MXAPIRateLimitExceededException';
	const unauthorized = 'MXUnAuthorizedAccessException';
	const dailyLimit =
		"The daily request limit of your LeadSquared plan is used up. Waiting some seconds does not help. Run the workflow again when the next day of the limit starts. Turn on 'Send in Bulk' if the operation has it. A larger plan allows more.";
	const namesHost = (host: string) =>
		`This account is on ${host}, according to LeadSquared. Choose this host under 'Host' in the credential.`;

	test.each<[number, string | undefined, string, Verdict['kind']]>([
		[200, undefined, 'API calls exceeded the limit of 25 in 5 second(s)', 'rateLimited'],
		[403, undefined, 'API calls exceeded the limit of 25 in 5 second(s)', 'rateLimited'],
		[403, 'MXOtherException', 'API call has exceeded the limit of 5 in 5 second(s)', 'rateLimited'],
		[429, undefined, 'Slow', 'rateLimited'],
		[200, limit, 'Slow', 'rateLimited'],
		[400, undefined, 'API calls exceeded the limit of 25 in 5 second(s)', 'refused'],
		[500, 'MXInvalidDataTypeException', 'The field Calls exceeded the limit of 50 characters', 'refused'],
		[403, undefined, "'Name' exceeded the limit of 50 characters", 'refused'],
	])('a status of %p with the type %p and the message %p is %p', (status, code, message, kind) => {
		expect(verdictOf(leadSquared, status, errorBody(message, code)).kind).toBe(kind);
	});

	test.each([
		[429, undefined, 'API calls exceeded the limit of 10000 in 1 day(s)'],
		[200, undefined, 'API calls exceeded the limit of 10000 in 24 hour(s)'],
		[403, limit, 'API calls exceeded the daily limit'],
		[429, limit, 'Calls per day are used up'],
		[429, limit, 'API calls exceeded the limit of 10000 in 86400 second(s)'],
	])('a daily limit with %p, %p and %p is not retried, and the hint says what to do', (status, code, message) => {
		expect(verdictOf(leadSquared, status, errorBody(message, code))).toEqual({
			kind: 'refused',
			message,
			code,
			hint: dailyLimit,
		});
	});

	test.each<[number, unknown, string]>([
		[401, errorBody('Access key or secret key is invalid', unauthorized), keys],
		[401, errorBody('No', 'MXInvalidEntityException'), keys],
		[500, errorBody('Invalid AccessKey', unauthorized), keys],
		[403, errorBody('The secret key is wrong', unauthorized), keys],
		[401, errorBody('Use https://API-in21.leadsquared.com/v2/ instead'), namesHost('api-in21.leadsquared.com')],
		[401, { Status: 'Error', Urls: { api: 'https://api.leadsquared.com/v2/' } }, namesHost('api.leadsquared.com')],
		[401, errorBody('See https://api.leadsquared.com.evil.example/'), keys],
		[401, errorBody('Use api.leadsquared.com.'), namesHost('api.leadsquared.com')],
		[401, errorBody('See https://evil.example/api-leadsquared.com'), keys],
		[
			500,
			errorBody('No right to see this lead', unauthorized),
			'The user of the keys is not allowed to do this. Use the keys of an administrator.',
		],
		[
			403,
			errorBody('Ask at api-in21.leadsquared.com', unauthorized),
			'The user of the keys is not allowed to do this. Use the keys of an administrator.',
		],
	])('status %p with %j has the hint %p', (status, body, hint) => {
		expect(verdictOf(leadSquared, status, body)).toMatchObject({ kind: 'refused', hint });
	});

	test('every exception in the contract has a hint', () => {
		const contract = readFileSync(path.join(__dirname, '..', 'vendors', 'leadSquared', 'contract.yaml'), 'utf8');
		const names = [...new Set(contract.match(/MX[A-Za-z]+Exception/g))];

		expect(names.length).toBeGreaterThanOrEqual(6);
		expect(
			names.filter(
				(name) =>
					verdictOf(leadSquared, 500, errorBody('Why', name)).kind !== 'rateLimited' &&
					!verdictOf(leadSquared, 500, errorBody('Why', name)).hint,
			),
		).toEqual([]);
	});

	const exception = (ExceptionType: unknown) => ({ Status: 'Error', ExceptionType, ExceptionMessage: 'Why' });

	test.each([
		['only a status of "Error"', { Status: 'Error' }],
		['only an exception', { ExceptionType: 'MXInvalidEntityException' }],
	])('refuses with %s, although the status is 200', (_, body) => {
		expect(verdictOf(leadSquared, 200, body)).toMatchObject({ kind: 'refused', message: 'status 200' });
	});

	test.each([{ Status: 'Success' }, { ExceptionType: null }, { ExceptionType: 7 }, { Status: 'error' }])(
		'treats 200 with %j as a success',
		(body) => {
			expect(verdictOf(leadSquared, 200, body)).toEqual({ kind: 'success' });
		},
	);

	test.each<[string, string | undefined]>([
		[
			'MXMandatoryAttributeMissingException',
			'LeadSquared requires a field that has no value. Its message names the field. Administrators make fields mandatory in LeadSquared under Settings.',
		],
		[
			'MXInvalidEntityException',
			'LeadSquared does not know this record or type. Choose it from the list, or copy it from LeadSquared. Task types and activity types are in LeadSquared under Settings.',
		],
		[
			'MXUnAuthorizedAccessException',
			'The user of the keys is not allowed to do this. Use the keys of an administrator.',
		],
		[
			'MXInvalidActivityFieldsException',
			'A custom field does not belong to this activity or task type. Remove the field or choose its type.',
		],
		[
			'MXInvalidDataTypeException',
			'The value of a custom field has the wrong data type. Enter a value of the type that LeadSquared has for it.',
		],
		[
			'MXInvalidDataType',
			'The value of a custom field has the wrong data type. Enter a value of the type that LeadSquared has for it.',
		],
		['MXExceptionInvalidDataType', undefined],
		['MXOtherException', undefined],
	])('%s has the hint %p', (code, hint) => {
		const isMissing = code === 'MXInvalidEntityException' ? { isMissing: true } : {};
		expect(verdictOf(leadSquared, 500, exception(code))).toEqual({
			kind: 'refused',
			message: 'Why',
			code,
			hint,
			...isMissing,
		});
	});

	test.each(['toString', 'constructor', '__proto__', 'Exception'])(
		'an exception named %s, like a property of every object, has no hint',
		(code) => {
			expect(verdictOf(leadSquared, 400, exception(code))).toEqual({
				kind: 'refused',
				message: 'Why',
				code,
				hint: undefined,
			});
		},
	);

	test.each<[number, unknown, string | undefined]>([
		[401, {}, keys],
		[401, exception('MXOtherException'), keys],
		[404, {}, "The host may not be a host of the LeadSquared API. Check 'Host' in the credential."],
		[400, {}, undefined],
		[403, {}, undefined],
	])('status %p with %j and no known exception has the hint %p', (status, body, hint) => {
		expect(verdictOf(leadSquared, status, body)).toMatchObject({ kind: 'refused', hint });
	});

	test.each<[number, string, Verdict['kind']]>([
		[500, 'MXInvalidEntityException', 'refused'],
		[500, 'NullReferenceException', 'broken'],
		[500, 'AnMXException', 'broken'],
		[499, 'NullReferenceException', 'refused'],
		[200, 'MXAPIRateLimitExceededException', 'rateLimited'],
		[403, 'MXAPIRateLimitExceeded', 'rateLimited'],
		[500, 'MXAPIRateLimitExceededException', 'rateLimited'],
		[403, 'AnMXAPIRateLimitExceeded', 'refused'],
	])('a status of %p with %s is %p', (status, code, kind) => {
		expect(verdictOf(leadSquared, status, exception(code))).toMatchObject({ kind, message: 'Why' });
	});

	test('returns the exception of an internal error as the code', () => {
		expect(verdictOf(leadSquared, 500, exception('NullReferenceException'))).toEqual({
			kind: 'broken',
			message: 'Why',
			code: 'NullReferenceException',
		});
	});

	test.each<[unknown, string]>([
		[{ ExceptionMessage: 'A', Message: 'B', message: 'C' }, 'A'],
		[{ Message: 'B', message: 'C' }, 'B'],
		[{ message: 'C' }, 'C'],
	])('%j has the message %p', (body, message) => {
		expect(verdictOf(leadSquared, 400, body).message).toBe(message);
	});
});

test('LeadSquared has a separate limit of 5 bulk requests in 5 seconds', () => {
	expect([leadSquared.bulkRate, syncroChat.bulkRate, wegly.bulkRate, woofedCrm.bulkRate]).toEqual([
		{ requests: 5, windowMs: 5_000 },
		undefined,
		undefined,
		undefined,
	]);
});
