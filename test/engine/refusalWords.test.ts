import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { Bench, type NodeName } from '../support/run';
import { appointment, byId, createTask, note, toDo } from './forms';

const bench = new Bench();
const answer = (node: NodeName, status: number, body: unknown, times?: number) =>
	bench.sandbox.vendors[node].faults.add({ kind: 'answer', reply: { status, body }, times });
const endingWith = (text: string) => new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
const once = { options: { maxTries: 1 } };

// Pauses of our own have full jitter, so that a random number of 0 takes the waiting out of the tests.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

describe('a refusal says which field it is about, and what to do', () => {
	test.each<[string, NodeName, IDataObject, string, string]>([
		[
			'a contact and a stage that are not there',
			'woofedCrm',
			{ resource: 'deal', operation: 'create', name: 'Plan', contact_id: byId(99_999), stage_id: byId(1) },
			"contact: must exist (given 'Contact' 99999)",
			'The account has no record with this ID. Choose it from the list, or copy the number from the URL of its page.',
		],
		[
			'an unknown record in the path',
			'syncroChat',
			{ resource: 'task', operation: 'get', id: byId(99_999) },
			"(given 'Task' 99999)",
			'There is no record with this ID in the account of the key.',
		],
		[
			'an unknown task type',
			'leadSquared',
			{ ...toDo, TaskType: { __rl: true, mode: 'name', value: 'Fax' } },
			"LeadSquared refused the request: Task type 'Fax' does not exist",
			'Choose it from the list, or copy it from LeadSquared. Task types and activity types are in LeadSquared under Settings.',
		],
	])('%s', async (_name, node, parameters, message, way) => {
		const { error } = await bench.run(node, parameters);

		expect([error?.message, error?.description]).toEqual([
			expect.stringMatching(endingWith(message)),
			expect.stringContaining(way),
		]);
	});

	test.each(['Email has already been taken', 'Email já está em uso'])(
		'an address that another user has, in the language of WoofedCRM: %s',
		async (words) => {
			answer('woofedCrm', 422, { errors: [words] });

			const { error } = await bench.run('woofedCrm', {
				resource: 'user',
				operation: 'create',
				email: 'ana@example.com',
				password: 'a long one',
				password_confirmation: 'a long one',
			});

			expect([error?.message, error?.description]).toEqual([
				`WoofedCRM refused the request: ${words} (given 'Email' "ana@example.com")`,
				expect.stringContaining('Another record already has this value'),
			]);
		},
	);

	test('a member that Syncro Chat names in its answer', async () => {
		answer('syncroChat', 422, { message: 'Inválido', errors: { lead_id: ['O lead id selecionado é inválido.'] } });

		const { error } = await bench.run('syncroChat', { ...createTask, additionalFields: { lead_id: byId(77) } });

		expect([error?.message, error?.description]).toEqual([
			"Syncro Chat refused the request: lead_id: O lead id selecionado é inválido. (given 'Lead' 77)",
			expect.stringContaining("IDs must belong to the key's account: choose them from the list."),
		]);
	});
});

test('LeadSquared: a wrong secret is a matter of the keys, not of rights', async () => {
	const { error } = await bench.run('leadSquared', appointment, { credential: { secretKey: 'another' } });

	expect(error?.description).toContain('The access key or secret key is wrong');
	expect(error?.description).not.toContain('administrator');
});

describe('an address that is not the one of the API', () => {
	const requests: Array<[NodeName, IDataObject]> = [
		['syncroChat', createTask],
		['wegly', { resource: 'chat', operation: 'getUnread' }],
		['woofedCrm', { resource: 'contact', operation: 'create', full_name: 'Ana' }],
		['leadSquared', { ...toDo, ...once }],
	];

	test.each(requests)('%s: a page that is not there is no record that is not there', async (node, parameters) => {
		answer(node, 404, '<!doctype html><title>404 Not Found</title>');

		const { error } = await bench.run(node, parameters);

		const { host, origin } = new URL(bench.sandbox.vendors[node].url);
		expect([error?.message, error?.description]).toEqual([
			expect.stringMatching(
				new RegExp(`^${host} does not respond like the API of .+: it sent an HTML page \\(status 404\\)$`),
			),
			expect.stringContaining(`Check that ${origin} in the credential is the address of the API`),
		]);
	});

	test.each([
		['text', 404, 'it sent text (status 404)'],
		['<html>', 403, 'it sent an HTML page (status 403)'],
	])('a record is not asked for there: %s', async (body, status, words) => {
		answer('syncroChat', status, body);

		const { error } = await bench.run('syncroChat', { resource: 'task', operation: 'get', id: byId(1) });

		expect(error?.message).toContain(words);
		expect(error?.description).not.toContain('no record with this ID');
	});

	test('another API that speaks JSON does not know the request', async () => {
		answer('syncroChat', 404, { detail: 'Not Found' });

		const { error } = await bench.run('syncroChat', createTask);

		expect(error?.description).toContain('The server does not know this request. Check that http://127.0.0.1');
	});

	test('another CRM does not know the request', async () => {
		const { url } = bench.sandbox.vendors.leadSquared;
		const credential = { baseUrl: url, token: 'any' };

		const { error } = await bench.run('wegly', { resource: 'chat', operation: 'getUnread' }, { credential });

		expect(error?.description).toContain(`Check that ${url} in the credential is the address of the API.`);
	});
});

describe('a connection that comes to nothing', () => {
	let plain: Server;
	beforeAll(async () => {
		plain = createServer((_request, response) => response.end('{}'));
		await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => plain.close());
	const portOf = ({ port }: AddressInfo) => port;

	test('a port that does not speak https is no matter of certificates', async () => {
		const host = `127.0.0.1:${portOf(plain.address() as AddressInfo)}`;

		const { error } = await bench.run('woofedCrm', note, { credential: { baseUrl: `https://${host}` } });

		expect([error?.message, error?.description]).toEqual([
			`${host} does not use https on this port`,
			expect.stringContaining('or use http:// instead of https:// for a server in your own network.'),
		]);
	});

	test('a port at which nobody listens', async () => {
		const { error } = await bench.run(
			'woofedCrm',
			{ ...note, ...once },
			{ credential: { baseUrl: 'http://127.0.0.1:9' } },
		);

		expect(error?.message).toBe('Could not connect to 127.0.0.1:9');
	});
});

describe('requests that were sent again', () => {
	const get = { resource: 'task', operation: 'getAll', limit: 1 };
	const hintOf = async () => (await bench.run('syncroChat', get)).hints;

	test('are counted by what was the matter', async () => {
		answer('syncroChat', 500, { message: 'Oops' }, 2);
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'reset', times: 1 });

		expect(await hintOf()).toEqual([
			'3 requests were retried because Syncro Chat returned a server error (2), or sent no complete response (1).',
		]);
	});

	test('have one reason where there is but one', async () => {
		answer('syncroChat', 429, { message: 'Too Many Attempts.', retry_after: 0 }, 1);

		expect(await hintOf()).toEqual(['1 request was retried because Syncro Chat was limiting requests.']);
	});
});
