import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { findContacts } from '../../nodes/WoofedCrm/findContacts';
import { safeUpsert } from '../../nodes/WoofedCrm/safeUpsert';
import { failureBy, scripted } from '../support/scripted';

const upsertCall = (body: IDataObject = {}): ApiRequest => ({
	method: 'POST',
	effect: 'writes',
	path: '/contacts/upsert',
	query: {},
	body,
});
const searchCall = (query: IDataObject): ApiRequest => ({
	method: 'POST',
	effect: 'reads',
	path: '/contacts/search',
	query: {},
	body: { query },
});
const ana = { id: 5, full_name: 'Ana', email: 'Ana@example.com', phone: '+5511999887766' };
const anaInWords = 'Ana (ID 5, Ana@example.com, +5511999887766)';
const bia = { id: 6, full_name: 'Bia', email: 'bia@example.com', phone: '+5511911112222' };
const biaInWords = 'Bia (ID 6, bia@example.com, +5511911112222)';

describe('creating or updating a contact', () => {
	test.each<[string, IDataObject, IDataObject]>([
		['by address', { email: 'a@example.com' }, { m: 'or', email_matches: '%a@example.com%', s: 'id asc' }],
		[
			'by number',
			{ phone: '+5511999887766' },
			{ m: 'or', phone_matches_any: ['%5511999887766%', '%551199887766%'], s: 'id asc' },
		],
		[
			'by a number of 12 digits',
			{ phone: '+551133334444' },
			{ m: 'or', phone_matches_any: ['%551133334444%', '%5511933334444%'], s: 'id asc' },
		],
		[
			'by both',
			{ email: 'a@example.com', phone: '+14155550123' },
			{
				m: 'or',
				email_matches: '%a@example.com%',
				phone_matches_any: ['%14155550123%', '%141595550123%', '%1415550123%'],
				s: 'id asc',
			},
		],
	])('looks first for whom WoofedCRM would hit %s, and creates who is not there', async (_, person, query) => {
		const { ask, calls } = scripted({ data: [] }, { id: 9 });

		expect(await safeUpsert(ask, upsertCall(person), person)).toEqual({ id: 9 });
		expect(calls).toEqual([searchCall(query), { ...upsertCall(person), path: '/contacts' }]);
	});

	test.each<[string, IDataObject, IDataObject]>([
		['the address in another case', { email: 'ANA@example.com' }, { email: 'Ana@example.com' }],
		['the number in another spelling', { phone: '+551199887766' }, { phone: '+5511999887766' }],
		[
			'both',
			{ email: 'ana@example.com', phone: '+5511999887766' },
			{ email: 'Ana@example.com', phone: '+5511999887766' },
		],
		[
			'the address, and gets another number',
			{ email: 'ana@example.com', phone: '+5511900000000' },
			{ email: 'Ana@example.com', phone: '+5511900000000' },
		],
		[
			'the number, and gets another address',
			{ email: 'new@example.com', phone: '+5511999887766' },
			{ email: 'new@example.com', phone: '+5511999887766' },
		],
	])('updates the one contact that has %s, by what is stored', async (_, person, keys) => {
		const { ask, calls } = scripted({ data: [ana] }, { id: 5 });

		expect(await safeUpsert(ask, upsertCall({ ...person, full_name: 'New' }), person)).toEqual({ id: 5 });
		expect(calls[1]).toEqual(upsertCall({ full_name: 'New', ...keys }));
	});

	const overwrites =
		'WoofedCRM searches for a part of the email address or phone number, and would overwrite the first contact that contains it.';
	const another =
		`${overwrites} If it is the same person, enter the email address or phone number in that contact in WoofedCRM exactly as here. ` +
		'Otherwise use Contact > Create.';
	const theOther = `${overwrites} Enter the other of email address and phone number, or change the contact in WoofedCRM.`;

	test.each<[string, IDataObject[], string, string]>([
		[
			'a part of another address',
			[{ ...bia, email: 'mariana@example.com', phone: '' }],
			'WoofedCRM would mistake another contact for this person: Bia (ID 6, mariana@example.com)',
			another,
		],
		[
			'parts of two other addresses',
			[bia, { ...bia, id: 8 }],
			`WoofedCRM would mistake 2 other contacts for this person: ${biaInWords}; ${biaInWords.replace('ID 6', 'ID 8')}`,
			another.replace('it is', 'one of them is'),
		],
		[
			'two that both match exactly',
			[ana, { ...bia, email: 'ana@example.com' }],
			`2 contacts have this email address or phone number: ${anaInWords}; Bia (ID 6, ana@example.com, +5511911112222)`,
			'If they are the same person, delete all but one of them in WoofedCRM. Otherwise enter only the email address or only the phone number.',
		],
		[
			'the right one first and another',
			[ana, bia],
			`This person is ${anaInWords}, but WoofedCRM would also find another contact: ${biaInWords}`,
			theOther,
		],
		[
			'others first and the right one',
			[bia, { ...bia, id: 8 }, ana],
			`This person is ${anaInWords}, but WoofedCRM would also find 2 other contacts: ${biaInWords}; ${biaInWords.replace('ID 6', 'ID 8')}`,
			theOther,
		],
		[
			'one without a name',
			[{ id: 7, full_name: '', phone: '+1' }],
			'WoofedCRM would mistake another contact for this person: without a name (ID 7, +1)',
			another,
		],
		[
			'one of objects, which a vendor may come up with',
			[{ id: { toString: 1 }, full_name: { toString: 1 }, email: { toString: 1 }, phone: [] }],
			'WoofedCRM would mistake another contact for this person: {"toString":1} (ID {"toString":1}, {"toString":1}, [])',
			another,
		],
	])('changes nothing where WoofedCRM would hit %s', async (_, data, message, description) => {
		// Each key of the contact finds the others as well.
		const { ask, calls } = scripted({ data }, { data }, { data });

		expect(await failureBy(safeUpsert(ask, upsertCall(), { email: 'ana@example.com' }))).toEqual({
			message,
			description: `Nothing was changed. ${description}`,
			ownCode: 'AMBIGUOUS',
		});
		expect(calls.filter(({ effect }) => effect !== 'reads')).toEqual([]);
	});

	describe('where WoofedCRM would also hit another one', () => {
		const others = { data: [bia, ana] };
		const alone = { data: [ana] };
		const [byEmail, byPhone] = [{ email: 'ana@example.com' }, { phone: '+5511999887766' }];

		test.each<[string, IDataObject, IDataObject[], IDataObject]>([
			[
				'the address that was given, before a stored number',
				byEmail,
				[others, alone, { id: 5 }],
				{ email: 'Ana@example.com' },
			],
			[
				'the stored number, where the address finds others',
				byEmail,
				[others, others, alone, { id: 5 }],
				{ phone: '+5511999887766' },
			],
			[
				'the number that was given, before a stored address',
				byPhone,
				[others, alone, { id: 5 }],
				{ phone: '+5511999887766' },
			],
			[
				'the stored address, where the number finds others',
				byPhone,
				[others, others, alone, { id: 5 }],
				{ email: 'Ana@example.com' },
			],
			[
				'one of both that were given',
				{ ...byEmail, ...byPhone },
				[others, others, alone, { id: 5 }],
				{ phone: '+5511999887766' },
			],
			[
				'the stored number beside a new address, which it is to get',
				{ email: 'new@example.com', ...byPhone },
				[others, alone, { id: 5 }],
				{ email: 'new@example.com', phone: '+5511999887766' },
			],
		])('goes by %s', async (_, person, answers, keys) => {
			const { ask, calls } = scripted(...answers);

			await safeUpsert(ask, upsertCall({ ...person, full_name: 'New' }), person);

			expect(calls.at(-1)).toEqual(upsertCall({ email: undefined, phone: undefined, full_name: 'New', ...keys }));
		});

		test('looks with the new value together with the key, because the upsert does so', async () => {
			const { ask, calls } = scripted(others, others);

			await failureBy(safeUpsert(ask, upsertCall(), { email: 'new@example.com', ...byPhone }));

			expect(calls).toHaveLength(2);
			expect(calls[1].body).toMatchObject({
				query: { m: 'or', email_matches: '%new@example.com%', phone_matches_any: expect.any(Array) },
			});
		});

		test.each<[string, IDataObject]>([
			['nobody', { data: [] }],
			['another one alone', { data: [bia] }],
			['this one and another', { data: [ana, bia] }],
		])('refuses where a key finds %s', async (_, hits) => {
			const { ask, calls } = scripted(others, hits, hits);

			expect((await failureBy(safeUpsert(ask, upsertCall(), byEmail))).message).toContain('This person is Ana');
			expect(calls.every(({ effect }) => effect === 'reads')).toBe(true);
		});

		test.each([
			['without a digit', 'n/a'],
			['that is empty', ''],
			['with an apostrophe', "'5511999887766"],
			['that is none', null],
		])('never looks by a stored number %s', async (_, phone) => {
			const { ask, calls } = scripted({ data: [bia, { ...ana, phone }] }, others);

			await failureBy(safeUpsert(ask, upsertCall(), byEmail));

			expect(calls).toHaveLength(2);
		});
	});

	test('finds the contact behind a page that is full of others', async () => {
		const crowd = Array.from({ length: 10 }, (_, index) => ({
			...bia,
			id: 20 + index,
			email: `x${index}ana@example.com`,
		}));
		const { ask, calls } = scripted(
			{ data: crowd },
			{ data: [ana], pagination: { next: null } },
			{ data: crowd },
			{ data: [ana] },
			{ id: 5 },
		);

		await safeUpsert(ask, upsertCall({ email: 'ana@example.com' }), { email: 'ana@example.com' });

		expect(calls[1].body).toEqual({ query: { m: 'or', email_matches: 'ana@example.com', s: 'id asc' }, page: 1 });
		expect(calls.at(-1)).toEqual(upsertCall({ email: undefined, phone: '+5511999887766' }));
	});

	test.each<[string, string | undefined, IDataObject]>([
		[
			'keeps and adds to attributes on request',
			'merge',
			{ custom_attributes: { a: 1, b: 2 }, label_list: 'lead, vip' },
		],
		['replaces them otherwise', 'replace', { custom_attributes: { b: 2 }, label_list: 'vip' }],
		['replaces them where nothing was chosen', undefined, { custom_attributes: { b: 2 }, label_list: 'vip' }],
	])('%s', async (_, existing, written) => {
		const { ask, calls } = scripted({ data: [{ ...ana, custom_attributes: { a: 1 }, label_list: ['lead'] }] }, {});

		await safeUpsert(ask, upsertCall({ email: 'ana@example.com', custom_attributes: { b: 2 }, label_list: 'vip' }), {
			email: 'ana@example.com',
			existing,
		});

		expect(calls[1].body).toEqual({ email: 'Ana@example.com', ...written });
	});

	test.each([null, 'words', {}, { data: 'x' }, { data: [null] }])(
		'creates nobody when the answer to the search is %j',
		async (answer) => {
			const { ask, calls } = scripted(answer);

			expect((await failureBy(safeUpsert(ask, upsertCall(), { email: 'ana@example.com' }))).description).toContain(
				'Check that the address in the credential',
			);
			expect(calls).toHaveLength(1);
		},
	);
});

describe('an address with an apostrophe', () => {
	const email = "d'avila@example.com";
	const contact = { ...ana, email };

	test('is left out for the only contact with its number', async () => {
		const { ask, calls } = scripted({ data: [contact] }, { data: [contact] }, {});

		await safeUpsert(ask, upsertCall({ email, full_name: 'Ivo' }), { email });

		expect(calls[1]).toEqual(
			searchCall({ m: 'or', phone_matches_any: ['%5511999887766%', '%551199887766%'], s: 'id asc' }),
		);
		expect(calls[2].body).toEqual({ email: undefined, full_name: 'Ivo', phone: '+5511999887766' });
	});

	test('is left out when the number is given, too, in another spelling', async () => {
		const { ask, calls } = scripted({ data: [contact] }, { data: [contact] }, {});

		await safeUpsert(ask, upsertCall({ email, phone: '+551199887766' }), { email, phone: '+551199887766' });

		expect(calls[2].body).toEqual({ email: undefined, phone: '+5511999887766' });
	});

	test.each<[string, IDataObject, IDataObject, unknown[]]>([
		['its number is that of nobody by now', contact, { email }, [{ data: [] }]],
		['its number is that of another', contact, { email }, [{ data: [bia] }]],
		['its number is that of another, too', contact, { email }, [{ data: [contact, bia] }]],
		['it has no number', { ...contact, phone: null }, { email }, []],
		['it has an empty number', { ...contact, phone: '' }, { email }, []],
		['its number has no digit', { ...contact, phone: 'none' }, { email }, []],
		['its number is no text', { ...contact, phone: { toString: 1 } }, { email }, []],
		['it is to get another number', contact, { email, phone: '+5511900000000' }, []],
		['it is to get this address', { ...contact, email: 'other@example.com' }, { email, phone: '+5511999887766' }, []],
	])('is refused where %s', async (_, found, person, answers) => {
		const { ask, calls } = scripted({ data: [found] }, ...answers);

		expect(await failureBy(safeUpsert(ask, upsertCall(), person))).toEqual({
			message: `'Email' must have no apostrophe to update a contact in WoofedCRM, but is ${email}`,
			description:
				'Nothing was changed. An update works only if the contact already has this address and the given phone number, and no other contact has the number. Change the contact in WoofedCRM.',
		});
		expect(calls).toHaveLength(1 + answers.length);
	});
});

describe('finding contacts', () => {
	const call: ApiRequest = {
		method: 'POST',
		effect: 'reads',
		path: '/contacts/search',
		query: {},
		body: { query: { email_eq: 'x' } },
	};

	test.each<[string, IDataObject, IDataObject]>([
		['an address', { email: 'a_b@example.com' }, { m: 'or', email_matches: 'a_b@example.com', s: 'id asc' }],
		[
			'a number',
			{ phone: '+551133334444' },
			{ m: 'or', phone_eq_any: ['+5511933334444', '5511933334444', '+551133334444', '551133334444'], s: 'id asc' },
		],
		[
			'both',
			{ email: 'a@example.com', phone: '+14155550123' },
			{ m: 'or', email_matches: 'a@example.com', phone_eq_any: ['+14155550123', '14155550123'], s: 'id asc' },
		],
	])('searches for %s', async (_, person, query) => {
		const { ask, calls } = scripted({ data: [] });

		expect(await findContacts(ask, call, person)).toEqual({ data: [] });
		expect(calls).toEqual([{ ...call, body: { query, page: 1 } }]);
	});

	test('compares the hits again, on every page', async () => {
		const [axb, number] = [
			{ id: 1, email: 'axb@example.com' },
			{ id: 3, phone: '11 99988-7766' },
		];
		const { ask } = scripted(
			{ data: [axb, { id: 2, email: 'A_B@example.com' }], pagination: { next: 2 } },
			{ data: [number, { id: 4, phone: 7, email: { toString: 1 } }], pagination: { next: null } },
		);

		expect(await findContacts(ask, call, { email: 'a_b@example.com', phone: '+5511999887766' })).toEqual({
			data: [{ id: 2, email: 'A_B@example.com' }, number],
		});
	});
});
