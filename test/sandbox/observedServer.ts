import { callTo } from './caller';
import { startVendor, type RunningVendor } from './server';
import { observedWoofedCrmSandbox } from '../vendors/woofedCrm/observed';
import type { ObservedVersion } from '../vendors/woofedCrm/observedState';

/** What the pages of test/observed say beside the recorded pairs, as far as the sandbox can show it. */
export let woofedCrm: RunningVendor;

/** Gives each test of the file that calls this a server of its own. */
export function useObservedServer(version: ObservedVersion = '2024'): void {
	beforeEach(async () => {
		woofedCrm = await startVendor(observedWoofedCrmSandbox(version));
	});
	afterEach(async () => await woofedCrm.close());
}

export type Body = Record<string, unknown> & { data: Array<Record<string, unknown>>; id: number };

export async function ask(line: string, body?: unknown, headers?: Record<string, string>) {
	const [method, route] = line.split(' ');
	const answer = await callTo({ woofedCrm }, 'woofedCrm', method, `/api/v1/accounts/1${route}`, body, headers);
	return { status: answer.status, body: answer.body as Body, type: answer.headers.get('content-type') };
}

export const server500 = { status: 500, body: { status: 500, error: 'Internal Server Error' } };
export const framework404 = { status: 404, body: { status: 404, error: 'Not Found' } };

export async function contact(members: object = { full_name: 'Ana' }): Promise<number> {
	return (await ask('POST /contacts', members)).body.id;
}

export async function deal(members: object = {}): Promise<number> {
	return (await ask('POST /deals', { name: 'Deal', stage_id: 1, contact_id: await contact(), ...members })).body.id;
}

export const found = async (query: unknown, page?: unknown) => await ask('POST /contacts/search', { query, page });
export const idsOf = ({ body }: { body: Body }) => body.data.map(({ id }) => id);
