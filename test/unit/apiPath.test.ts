import fc from 'fast-check';
import { apiPath, optionalUnlessRequired } from '../../nodes/shared/fields';
import { rounds } from '../support/hostile';

const context = { zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } };
const check = optionalUnlessRequired(apiPath('Path').required(), context);
const taken = (value: unknown) => check.safeParse(value).data as string | undefined;
const complaint = (value: unknown) =>
	(check.safeParse(value).error?.issues[0] as { params?: { problem: string } } | undefined)?.params?.problem;

test.each([
	['/tasks/45', '/tasks/45'],
	['tasks/45', '/tasks/45'],
	['  /tasks/ \n', '/tasks/'],
	['/LeadManagement.svc/Leads.GetById', '/LeadManagement.svc/Leads.GetById'],
	['/', '/'],
	[45, '/45'],
	['/leads/Ação vip', '/leads/A%C3%A7%C3%A3o%20vip'],
	['/leads/by%20name', '/leads/by%20name'],
	['/leads/{id}', '/leads/%7Bid%7D'],
	['/a%3Fb%23c', '/a%3Fb%23c'],
	['/a:b;c=d,e', '/a:b;c=d,e'],
])('the path %j goes out as %j', (given, sent) => {
	expect(taken(given)).toBe(sent);
});

const OUT = 'must not contain a "." or ".." that leads out of the API';

test.each([
	['../admin', OUT],
	['/tasks/../../admin', OUT],
	['/tasks/..;/admin', OUT],
	['/./tasks', OUT],
	['.', OUT],
	['/%2e%2e/admin', OUT],
	['/.%2E/admin', OUT],
	['//evil.example/x', 'must not contain a double slash'],
	['/tasks//1', 'must not contain a double slash'],
	['/%2f/evil.example', 'must not contain a double slash'],
	['/a%2Fb', 'must not contain an encoded slash or percent sign'],
	['/%252e%252e/admin', 'must not contain an encoded slash or percent sign'],
	['https://evil.example/', 'must be the path below the root of the API, without https:// and host'],
	['javascript:alert(1)', 'must be the path below the root of the API, without https:// and host'],
	['@evil.example', 'must not contain @'],
	['/%40evil.example', 'must not contain @'],
	['/\\evil.example', 'must not contain a backslash'],
	['/%5c%5cevil.example', 'must not contain a backslash'],
	['/a\r\nX-Injected: 1', 'must not contain control characters'],
	['/a\tb', 'must not contain control characters'],
	['/a%0d%0ab', 'must not contain control characters'],
	['/a%00', 'must not contain control characters'],
	['/tasks?page=2', 'must not contain a question mark'],
	['/tasks#1', 'must not contain #'],
	['/100%', 'must be a path in which every % starts an encoded character'],
	['/%c0%ae%c0%ae/admin', 'must be a path in which every % starts an encoded character'],
	['/\ud800', 'must be a path in which every % starts an encoded character'],
])('the path %j is refused: it %s', (given, words) => {
	expect(complaint(given)).toBe(`${words}, but is ${JSON.stringify(given)}`);
});

/** Pieces of which the ways out of a root are made. */
const piece = fc.oneof(
	fc.constantFrom(
		'/',
		'//',
		'.',
		'..',
		'\\',
		'@',
		':',
		'?',
		'#',
		'%2e',
		'%2E',
		'%2f',
		'%5c',
		'%25',
		'%00',
		'%40',
		'\t',
		'\n',
		'\u2028',
		'．',
		'。',
		'／',
		';',
		'%',
	),
	fc.constantFrom(
		'https:',
		'evil.example',
		'tasks',
		'45',
		'~',
		'[',
		'{',
		'|',
		'^',
		'"',
		"'",
		'<',
		' ',
		'\ud83d\ude00',
		'\ud83d',
		'&',
		'=',
		'+',
		'$',
		'*',
		'(',
		'!',
	),
	fc.string({ unit: 'binary', maxLength: 4 }),
);

test.each(['https://api.example/v2', 'https://api.example:8443/base/api/v1/accounts/1', 'http://localhost/api'])(
	'whatever is written, an address never leaves the host or the root %s, and means what was checked',
	(root) => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
				const path = taken(pieces.join(''));
				if (path === undefined) return;
				const { origin, pathname, search, hash, username, password } = new URL(root + path);
				const begin = new URL(root);
				expect({ origin, pathname, search, hash, username, password }).toEqual({
					origin: begin.origin,
					pathname: begin.pathname + path,
					search: '',
					hash: '',
					username: '',
					password: '',
				});
			}),
			{ numRuns: rounds(2_000) },
		);
	},
);
