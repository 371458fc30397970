import { email, mapper, phone, text } from '../../nodes/shared/fields';
import { placedFields, type Operation } from '../../nodes/shared/form/operation';
import { locksFor, recordKey } from '../../nodes/shared/run/records';
import { imaginedFields, imaginedOperation } from '../support/imagined';

const fields = {
	email: email('Email'),
	phone: phone('Phone'),
	name: text('Name'),
	more: mapper('More', imaginedFields),
};
const operationOf = (part: Partial<Operation>) => imaginedOperation({ fields, ...part });
const heldOf = (part: Partial<Operation>, input: Record<string, unknown>) => {
	const operation = operationOf(part);
	return locksFor(operation, input, placedFields(operation.fields));
};
const ana = '@email ana@a.example';

describe('what an item holds in the whole process', () => {
	test.each<[string, Partial<Operation>, Record<string, unknown>, unknown]>([
		['is nothing where it only reads', { effect: 'reads', oneAtATime: true }, { email: 'ana@a.example' }, []],
		['is the person that it looks for, alone', { oneAtATime: true }, { email: ' Ana@A.example ' }, [[ana, 'alone']]],
		['is the person that it creates, with others', {}, { email: 'ana@a.example', name: 'Ana' }, [[ana, 'shared']]],
		[
			'is the person in a mapper',
			{ oneAtATime: true },
			{ more: { EmailAddress: 'ANA@a.example', City: 'Recife' } },
			[[ana, 'alone']],
		],
		[
			'is a mobile number in all its forms',
			{ oneAtATime: true },
			{ phone: '+551187654321' },
			[['@phone +5511987654321', 'alone']],
		],
		[
			'is both readings of a number that may lack its country code',
			{ oneAtATime: true },
			{ more: { Mobile: '11 98765-4321' } },
			expect.arrayContaining([['@phone +5511987654321', 'alone']]),
		],
		['is no number of a few digits, and no email without an @', {}, { phone: '12345', email: 'ana' }, []],
		[
			'is all of its operation where nothing tells whom it looks for',
			{ oneAtATime: true },
			{ name: 'Ana' },
			[['every /things', 'alone']],
		],
		['is nothing where it looks for nobody and names nobody', {}, { name: 'Ana' }, []],
	])('%s', (_name, part, input, held) => {
		expect(heldOf(part, input)).toEqual(held);
	});

	test('is the record of its path and the person that it names', () => {
		const part: Partial<Operation> = {
			request: 'PUT /deals/{id}',
			fields: { id: text('Deal'), email: email('Email') },
		};

		expect(heldOf(part, { id: 7, email: 'ana@a.example' })).toEqual([
			['deals/7', 'alone'],
			[ana, 'shared'],
		]);
	});

	test('is alone the person of an ordered field', () => {
		expect(heldOf({ fields: { email: email('Email').ordered() } }, { email: 'Ana@a.example' })).toEqual(
			expect.arrayContaining([[ana, 'alone']]),
		);
	});
});

test('an item holds each person of its ordered fields alone', () => {
	const part: Partial<Operation> = { fields: { email: email('Email').ordered(), phone: phone('Phone').ordered() } };

	expect(heldOf(part, { email: 'Ana@a.example', phone: '+5511987654321' })).toEqual(
		expect.arrayContaining([
			[ana, 'alone'],
			['@phone +5511987654321', 'alone'],
		]),
	);
});

describe('the record of an item', () => {
	const keyOf = (part: Partial<Operation>, input: Record<string, unknown>) => {
		const operation = operationOf(part);
		return recordKey(operation, input, placedFields(operation.fields));
	};
	const deal: Partial<Operation> = { fields: { deal_id: text('Deal').ordered() } };
	const lead: Partial<Operation> = { fields: { RelatedProspectId: text('Lead').ordered() } };
	const uuid = '0b28f3a1-0000-4000-8000-00000000000a';

	test('has one name by path and by field', () => {
		expect(keyOf(deal, { deal_id: 7 })).toBe(
			keyOf({ request: 'PUT /deals/{id}', fields: { id: text('Deal') } }, { id: '7' }),
		);
	});

	test('is one in upper and lower case, and with blanks around it', () => {
		expect(keyOf(lead, { RelatedProspectId: ` ${uuid.toUpperCase()} ` })).toBe(
			keyOf({ fields: { leadId: text('Lead').ordered() } }, { leadId: uuid }),
		);
	});

	test('is one for all spellings of an email address and of a phone number', () => {
		const part: Partial<Operation> = { fields: { email: email('Email').ordered(), phone: phone('Phone').ordered() } };

		expect(keyOf(part, { email: 'Ana@a.example', phone: '+551187654321' })).toBe(
			keyOf(part, { email: 'ana@A.example', phone: '+5511987654321' }),
		);
	});

	test('is a pair where two IDs name it', () => {
		const part: Partial<Operation> = { fields: { listId: text('List').ordered(), leadId: text('Lead').ordered() } };

		expect(keyOf(part, { listId: 'l', leadId: 'a' })).not.toBe(keyOf(part, { listId: 'l', leadId: 'b' }));
	});
});
