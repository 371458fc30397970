import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';

const bench = new Bench();
const upsert = { resource: 'contact', operation: 'upsert' };
const create = { resource: 'contact', operation: 'create' };
const writes = () => bench.sent('woofedCrm').filter(({ path }) => !path.endsWith('/search')).map(({ path, body }) => [path.replace('/api/v1/accounts/1', ''), body]);

/** Contacts whose values contain one another, which the vendor's own upsert would mix up. */
async function given(...contacts: IDataObject[]): Promise<void> {
	for (const contact of contacts) await bench.run('woofedCrm', { ...create, ...contact });
	bench.sandbox.reset();
}

test('a contact that is not there is created, and not by the upsert of the vendor', async () => {
	await bench.run('woofedCrm', { ...upsert, email: 'first@upsert.example', full_name: 'First' });

	expect(writes()).toEqual([['/contacts', { email: 'first@upsert.example', full_name: 'First' }]]);
});

test('the contact with exactly this email address is updated, whatever the case', async () => {
	await given({ email: 'ana@case.example', full_name: 'Ana' });

	const { items } = await bench.run('woofedCrm', { ...upsert, email: 'ANA@case.example', full_name: 'Ana Maria' });

	expect(writes().map(([path]) => path)).toEqual(['/contacts/upsert']);
	expect(items[0].json.full_name).toBe('Ana Maria');
});

test("another person's address that holds this one is not overwritten: the run is refused and names the contact", async () => {
	await given({ email: 'mariana@twin.example', full_name: 'Mariana' });

	const { error } = await bench.run('woofedCrm', { ...upsert, email: 'riana@twin.example', full_name: 'Riana' });

	expect(error?.message).toContain('Mariana (ID ');
	expect(error?.description).toContain('Nothing was changed');
	expect(writes()).toEqual([]);
});

test("another person's landline that differs in a 9 is not overwritten", async () => {
	await given({ phone: '+551133334444', full_name: 'Office' });

	const { error } = await bench.run('woofedCrm', { ...upsert, phone: '+5511933334444', full_name: 'Someone Else' });

	expect(error?.message).toContain('Office (ID ');
	expect(writes()).toEqual([]);
});

test('the exact contact is not updated either when the vendor would hit another one first', async () => {
	await given({ email: 'joana@both.example', full_name: 'Joana' }, { email: 'ana@both.example', full_name: 'Ana' });

	const { error } = await bench.run('woofedCrm', { ...upsert, email: 'ana@both.example', full_name: 'Ana Nova' });

	expect(error?.message).toContain('2 contacts');
	expect(writes()).toEqual([]);
});

test('a Brazilian number is the same one with and without its ninth digit', async () => {
	await given({ phone: '+5531988887777', full_name: 'Caio' });

	await bench.run('woofedCrm', { ...upsert, phone: '+553188887777', full_name: 'Caio Novo' });

	expect(bench.sent('woofedCrm')[0].body).toMatchObject({ query: { m: 'or', phone_matches_any: ['%5531988887777%', '%553188887777%'] } });
	expect(writes().map(([path]) => path)).toEqual(['/contacts/upsert']);
});

test('without email and phone nothing is sent, because a new contact would come of it each time', async () => {
	const { error } = await bench.run('woofedCrm', { ...upsert, full_name: 'Nobody' });

	expect(error?.message).toContain("'Email' and 'Phone' both came empty");
	expect(bench.sent('woofedCrm')).toEqual([]);
});

test('two items that share only the address do not race either', async () => {
	const items = [{ phone: '' }, { phone: '+5521955554444' }];

	await bench.run('woofedCrm', { ...upsert, email: 'half@upsert.example', phone: '={{ $json.phone }}' }, { items });

	expect(writes().map(([path]) => path)).toEqual(['/contacts', '/contacts/upsert']);
});

test('a search that got no answer does not claim that something was changed', async () => {
	bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'lostAnswer' });

	const { error } = await bench.run('woofedCrm', { ...upsert, email: 'lost@upsert.example', options: { maxTries: 1 } });

	expect(error?.message).not.toContain('may have been carried out');
	expect(writes()).toEqual([]);
});

test('two items with the same address do not race: one contact comes of them', async () => {
	const items = [{ name: 'One' }, { name: 'Two' }];

	await bench.run('woofedCrm', { ...upsert, email: 'race@upsert.example', full_name: '={{ $json.name }}' }, { items });

	expect(writes().map(([path]) => path)).toEqual(['/contacts', '/contacts/upsert']);
});
