import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../../nodes/shared/base/failure';
import { sameEmail, samePhone } from '../../nodes/shared/base/samePerson';
import type { SendRequest } from '../../nodes/shared/http/apiRequest';
import { safeUpsert } from '../../nodes/WoofedCrm/safeUpsert';
import { observedWoofedCrmSandbox } from '../vendors/woofedCrm/observed';
import type { ObservedVersion } from '../vendors/woofedCrm/observedState';

/** The requests of an item to a server without the way between: what it refuses is thrown. */
function serverOf(version: ObservedVersion): SendRequest {
	const { lenient } = observedWoofedCrmSandbox(version);
	const headers = { accept: 'application/json', 'content-type': 'application/json' };
	return async ({ method, path, body }) => {
		const sent = JSON.parse(JSON.stringify(body ?? {})) as Record<string, unknown>;
		const reply = lenient!({ method, path: `/api/v1/accounts/1${path}`, query: {}, params: {}, headers, body: sent });
		if (reply.status >= 300) throw new FailureError({ message: `status ${reply.status}` });
		return await Promise.resolve(structuredClone(reply.body));
	};
}

const post = (path: string, body: IDataObject, effect: 'reads' | 'writes' = 'writes') =>
	({ method: 'POST', effect, path, query: {}, body }) as const;

async function allOf(ask: SendRequest): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (let page = 1; ; page += 1) {
		const { data } = (await ask(
			post('/contacts/search', { query: { s: 'id asc' }, page } as IDataObject, 'reads'),
		)) as { data: IDataObject[] };
		found.push(...data);
		if (data.length < 10) return found;
	}
}

/** Addresses and numbers that hold one another, and one another's wildcards. */
const emails = fc.constantFrom(
	'ana@x.co',
	'mariana@x.co',
	'ana@x.co.br',
	'a_a@x.co',
	'ANA@x.co',
	"d'ana@x.co",
	'bia@x.co',
	'',
);
const phones = fc.constantFrom(
	'+5511987654321',
	'+551187654321',
	'+551133334444',
	'+5511933334444',
	'+56912345678',
	'+56913456780',
	'+14155550123',
	'+1415550123',
	'',
);
const person = fc.record({ email: emails, phone: phones });

test.each<[ObservedVersion]>([['2024'], ['2026']])(
	'on a server of %s, create or update never changes another person',
	async (version) => {
		let updated = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(person, { maxLength: 14 }), person, async (crowd, { email, phone }) => {
				fc.pre(email !== '' || phone !== '');
				const ask = serverOf(version);
				for (const [index, one] of crowd.entries())
					await ask(post('/contacts', { ...one, full_name: `P${index}` })).catch(() => undefined);
				const before = await allOf(ask);
				const given = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };

				const failure = await safeUpsert(ask, post('/contacts/upsert', { ...given, full_name: 'New' }), given).then(
					() => undefined,
					(error: unknown) => error,
				);

				if (failure !== undefined && !(failure instanceof FailureError)) throw failure;
				const after = await allOf(ask);
				const changed = before.filter(
					(one) => JSON.stringify(one) !== JSON.stringify(after.find(({ id }) => id === one.id)),
				);
				const made = after.filter(({ id }) => !before.some((one) => one.id === id));
				const isPerson = (one: IDataObject) => sameEmail(one.email, given.email) || samePhone(one.phone, given.phone);
				const same = before.filter(isPerson);
				expect(changed.every(isPerson)).toBe(true);
				expect(changed.length + made.length).toBe(failure === undefined ? 1 : 0);
				// Nobody is made who is there already, and of several none is chosen.
				if (made.length > 0) expect(same).toEqual([]);
				if (changed.length > 0) expect(same).toHaveLength(1);
				updated += changed.length;
			}),
			{ numRuns: 240 },
		);
		expect(updated).toBeGreaterThan(5);
	},
);
