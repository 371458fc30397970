import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';

const bench = new Bench();
const upsert = { resource: 'contact', operation: 'upsert' };
const create = { resource: 'contact', operation: 'create' };
const writes = () =>
	bench
		.sent('woofedCrm')
		.filter(({ path }) => !path.endsWith('/search'))
		.map(({ path, body }) => [path.replace('/api/v1/accounts/1', ''), body]);

/** Contacts whose values contain one another, which the vendor's own upsert would mix up. */
async function given(...contacts: IDataObject[]): Promise<void> {
	for (const contact of contacts) await bench.run('woofedCrm', { ...create, ...contact });
	bench.sandbox.reset();
}

/** Contacts as they were stored by hand, or by versions that checked less. */
async function stored(...contacts: IDataObject[]): Promise<void> {
	for (const contact of contacts) await bench.post('woofedCrm', '/accounts/1/contacts', contact);
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

	expect(error?.message).toMatch(/^WoofedCRM would mistake another contact for this person: Mariana \(ID /);
	expect(error?.description).toContain(
		'If it is the same person, enter the email address or phone number in that contact in WoofedCRM exactly as here',
	);
	expect(writes()).toEqual([]);
});

test("another person's landline that differs in a 9 is not overwritten", async () => {
	await given({ phone: '+551133334444', full_name: 'Office' });

	const { error } = await bench.run('woofedCrm', { ...upsert, phone: '+5511933334444', full_name: 'Someone Else' });

	expect(error?.message).toContain('Office (ID ');
	expect(writes()).toEqual([]);
});

test.each([
	['in Chile', { phone: '+56912345678', full_name: 'Diego' }, { phone: '+56913456780', full_name: 'Carla' }],
	['in the United States', { phone: '+14155550123', full_name: 'Diego' }, { phone: '+1415550123', full_name: 'Carla' }],
])('another person %s whose number holds a spelling of this one is not overwritten', async (_, diego, carla) => {
	await stored(carla, diego);

	const { error } = await bench.run('woofedCrm', { ...upsert, ...diego, full_name: 'Diego Novo' });

	expect(error?.message).toMatch(
		/^This person is Diego \(ID \d+, \+\d+\), but WoofedCRM would also find another contact: Carla \(ID/,
	);
	expect(writes()).toEqual([]);
});

test.each([
	['of 11 digits, in all three', '+56912345678', ['%56912345678%', '%569192345678%', '%5691345678%']],
	['of 12 digits, not without its fifth', '+551133334444', ['%551133334444%', '%5511933334444%']],
	['of 13 digits, not with one more', '+5511933334444', ['%5511933334444%', '%551133334444%']],
])('a number %s is looked for first in the spellings that WoofedCRM looks for', async (_, phone, spellings) => {
	await bench.run('woofedCrm', { ...upsert, phone });

	expect(bench.sent('woofedCrm')[0].body).toMatchObject({ query: { phone_matches_any: spellings } });
});

test('the exact contact is not updated either when the vendor would hit another one first', async () => {
	await given({ email: 'joana@both.example', full_name: 'Joana' }, { email: 'ana@both.example', full_name: 'Ana' });

	const { error } = await bench.run('woofedCrm', { ...upsert, email: 'ana@both.example', full_name: 'Ana Nova' });

	expect(error?.message).toMatch(
		/^This person is Ana \(ID \d+, ana@both\.example\), but WoofedCRM would also find another contact: Joana \(ID/,
	);
	expect(writes()).toEqual([]);
});

test('the exact contact is updated by its phone number, where its address would hit another one first', async () => {
	await given(
		{ email: 'marina@key.example', full_name: 'Marina' },
		{ email: 'rina@key.example', phone: '+5531912340001', full_name: 'Rina' },
	);

	const { items, error } = await bench.run('woofedCrm', {
		...upsert,
		email: 'RINA@key.example',
		full_name: 'Rina Nova',
	});

	expect(error).toBeUndefined();
	expect(writes()).toEqual([['/contacts/upsert', { phone: '+5531912340001', full_name: 'Rina Nova' }]]);
	expect(items[0].json).toMatchObject({ email: 'rina@key.example', phone: '+5531912340001', full_name: 'Rina Nova' });
});

test('the exact contact is updated by its address, where its number would hit another one first', async () => {
	await stored(
		{ phone: '+56915556780', full_name: 'Carla' },
		{ email: 'diego@key.example', phone: '+56912555678', full_name: 'Diego' },
	);

	const { items } = await bench.run('woofedCrm', {
		...upsert,
		email: 'diego@key.example',
		phone: '+56912555678',
		full_name: 'Diego Novo',
	});

	expect(items[0].json).toMatchObject({ email: 'diego@key.example', phone: '+56912555678', full_name: 'Diego Novo' });
});

test('the exact contact is found behind more others than a page holds', async () => {
	await stored(...Array.from({ length: 11 }, (_, index) => ({ email: `p${index}.lu@crowd.example`, phone: '' })));
	await stored({ email: 'lu@crowd.example', phone: '+5531912340009', full_name: 'Lu' });

	const { items, error } = await bench.run('woofedCrm', { ...upsert, email: 'lu@crowd.example', full_name: 'Lu Nova' });

	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ email: 'lu@crowd.example', full_name: 'Lu Nova' });
});

test('a Brazilian number is the same one with and without its ninth digit', async () => {
	await given({ phone: '+5531988887777', full_name: 'Caio' });

	await bench.run('woofedCrm', { ...upsert, phone: '+553188887777', full_name: 'Caio Novo' });

	expect(writes().map(([path]) => path)).toEqual(['/contacts/upsert']);
});

test.each([
	['Mexico', '+5215512345601', '+52 55 1234 5601'],
	['Mexico the other way round', '+525512345602', '5215512345602@s.whatsapp.net'],
	['Argentina', '+5491123456703', '+54 11 2345-6703'],
	['Argentina the other way round', '+541123456704', '+54 9 11 2345-6704'],
])(
	'a number of %s is the same one with and without its mobile digit, and stays as it is stored',
	async (_, kept, given) => {
		await stored({ phone: kept });

		const { items } = await bench.run('woofedCrm', { ...upsert, phone: given, full_name: 'Lucía' });

		expect(writes()).toEqual([['/contacts/upsert', { phone: kept, full_name: 'Lucía' }]]);
		expect(items[0].json).toMatchObject({ phone: kept, full_name: 'Lucía' });
	},
);

test.each([
	['number', { phone: '+5531977776666' }, { phone: '+553177776666' }],
	['address', { email: 'Rita@Old.example' }, { email: 'rita@old.example' }],
])('a %s that is stored in another spelling keeps it', async (_, kept, given) => {
	await stored(kept);

	await bench.run('woofedCrm', { ...upsert, ...given, full_name: 'Rita' });

	expect(writes()).toEqual([['/contacts/upsert', { ...kept, full_name: 'Rita' }]]);
});

describe('an email address with an apostrophe, over which the upsert of WoofedCRM breaks,', () => {
	const email = "o'brien@quote.example";

	test('is left out for a contact whose phone number is given, too', async () => {
		await stored({ email, phone: '+5531966665555' });

		const { items } = await bench.run('woofedCrm', {
			...upsert,
			email,
			phone: '+5531966665555',
			full_name: "Ana O'Brien",
		});

		expect(writes()).toEqual([['/contacts/upsert', { phone: '+5531966665555', full_name: "Ana O'Brien" }]]);
		expect(items[0].json).toMatchObject({ email, full_name: "Ana O'Brien" });
	});

	test('is left out for a contact that is the only one with its phone number', async () => {
		await stored({ email: "d'avila@quote.example", phone: '+5531955554444' });

		await bench.run('woofedCrm', { ...upsert, email: "D'Avila@quote.example", full_name: 'Ivo' });

		expect(writes()).toEqual([['/contacts/upsert', { phone: '+5531955554444', full_name: 'Ivo' }]]);
	});

	test.each<[string, IDataObject[], IDataObject]>([
		['the contact has no phone number', [{ email: "d'none@quote.example" }], { email: "d'none@quote.example" }],
		[
			'the contact is to get another number',
			[{ email: "d'other@quote.example", phone: '+5531944443333' }],
			{ email: "d'other@quote.example", phone: '+5531933332222' },
		],
		[
			'the contact is to get this address',
			[{ email: 'plain@quote.example', phone: '+5531922221111' }],
			{ email: "d'plain@quote.example", phone: '+5531922221111' },
		],
		[
			'its number is that of another contact, too',
			[
				{ email: "d'two@quote.example", phone: '+5531911110000' },
				{ email: 'two@quote.example', phone: '+5531911110000' },
			],
			{ email: "d'two@quote.example" },
		],
	])('is refused before anything is written where %s', async (_, contacts, given) => {
		await stored(...contacts);

		const { error } = await bench.run('woofedCrm', { ...upsert, ...given });

		expect(error?.message).toContain("'Email' must have no apostrophe to update a contact in WoofedCRM");
		expect(error?.description).toContain('Nothing was changed');
		expect(writes()).toEqual([]);
	});

	test('is no trouble for a contact that is not there', async () => {
		await bench.run('woofedCrm', { ...upsert, email: "d'new@quote.example" });

		expect(writes()).toEqual([['/contacts', { email: "d'new@quote.example" }]]);
	});
});

test('without email and phone nothing is sent, because a new contact would come of it each time', async () => {
	const { error } = await bench.run('woofedCrm', { ...upsert, full_name: 'Nobody' });

	expect(error?.message).toContain("'Email' and 'Phone' are both empty");
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
