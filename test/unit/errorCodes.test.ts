import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodes } from '../../nodes/shared/base/errorCodes';
import { failureOf, type Failure } from '../../nodes/shared/base/failure';
import { codeOf } from '../../nodes/shared/base/nodeErrors';
import { retryPolicy } from '../../nodes/shared/http/retryPolicy';

describe('the code of an error', () => {
	test.each<[string, Partial<Failure>, string]>([
		["is the vendor's own where it gives one", { code: 'MXException', ownCode: 'REFUSED' }, 'MXException'],
		['is that of what became of the request', { ownCode: 'RATE_LIMITED', httpCode: 429 }, 'RATE_LIMITED'],
		['tells a missing record from other refusals', { ownCode: 'REFUSED', httpCode: 404 }, 'NOT_FOUND'],
		['tells a missing record without a status', { isMissing: true }, 'NOT_FOUND'],
		[
			'is that of a server error with 404 by chance',
			{ ownCode: 'UNREADABLE_RESPONSE', httpCode: 404 },
			'UNREADABLE_RESPONSE',
		],
		["is that of wrong input, also where n8n's own error says so", { ownCode: 'FAILED', input: true }, 'FIELD_INVALID'],
		['is that of the credential', { ownCode: 'CREDENTIAL_INVALID', input: true }, 'CREDENTIAL_INVALID'],
		['is that of a refusal without any other', {}, 'REFUSED'],
	])('%s', (_name, failure, code) => {
		expect(codeOf({ message: 'No', ...failure })).toBe(code);
	});

	test('of anything that was thrown elsewhere is FAILED', () => {
		expect(codeOf(failureOf(new Error('Broken')))).toBe('FAILED');
	});

	test('is another one for each outcome of a request', () => {
		const codes = Object.values(retryPolicy).map(({ code }) => code);

		expect(new Set(codes).size).toBe(codes.length);
		expect(codes.filter((code) => !(code in errorCodes))).toEqual([]);
	});
});

test('the page on reliability lists the codes with their meaning', () => {
	const page = readFileSync(path.join(__dirname, '../../docs/reliability.md'), 'utf8');
	const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning]);

	expect(Object.fromEntries(rows)).toEqual(errorCodes);
});
