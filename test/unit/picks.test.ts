import { pick, pickByIdOrEmail, pickName, pickSeveral } from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import { check, taken } from '../support/fieldChecks';

const id = '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c';
const lookup = (change: Partial<Lookup> = {}): Lookup => ({
	name: 'deals',
	noun: 'a deal',
	id: 'integer',
	example: '27',
	request: 'GET /deals',
	page: 'https://x.example',
	contract: 'deals',
	entry: () => ({ name: '', value: 1 }),
	...change,
});

describe('a record of the vendor', () => {
	const list = (change = {}) => ({
		displayName: 'From List',
		name: 'list',
		type: 'list',
		placeholder: 'Select a deal...',
		typeOptions: { searchListMethod: 'deals', searchable: true, ...change },
	});

	test('is chosen from a list, or by its ID', () => {
		expect(pick('Deal', lookup()).spec).toMatchObject({
			label: 'Deal',
			wire: { type: 'integer', minimum: 1 },
			expects: 'picked from the list or be an ID (a whole number of at least 1)',
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [list(), { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 27' }],
			},
		});
		expect(pick('Deal', lookup()).spec.ui).not.toHaveProperty('typeOptions');
	});

	test('is searched only, and read anew with what it depends on, where that is so', () => {
		const { ui } = pick('Deal', lookup({ filterRequired: true, dependsOn: ['pipeline_id', 'other'] })).spec;

		expect(ui).toMatchObject({
			typeOptions: {
				loadOptionsDependsOn: [
					...['pipeline_id', 'pipeline_id.value', '&pipeline_id', '&pipeline_id.value'],
					...['other', 'other.value', '&other', '&other.value'],
				],
			},
			modes: [list({ searchFilterRequired: true }), {}],
		});
	});

	test.each<[Lookup['id'], unknown, unknown]>([
		['integer', { __rl: true, mode: 'id', value: '12' }, 12],
		['integer', 12, 12],
		['integer', '../1', undefined],
		['numberAsText', 12, '12'],
		['numberAsText', '0', undefined],
		['uuid', id, id],
		['uuid', '12', undefined],
		['text', { __rl: true, mode: 'list', value: 'x' }, 'x'],
		['integer', { mode: 'list', value: 12, cachedResultName: 'Deal' }, 12],
		['integer', { mode: 'list', id: 12 }, undefined],
		['integer', { value: 12 }, undefined],
		['text', { mode: 'id', value: ' x\u00a0\u200b' }, 'x'],
	])('with an ID of the kind %s takes %j as %j', (kind, given, sent) => {
		expect(taken(pick('P', lookup({ id: kind })), given)).toBe(sent);
	});

	test('may be named', () => {
		const field = pickName('Task Type', lookup());

		expect([
			taken(field, { __rl: true, mode: 'name', value: 'Meeting' }),
			taken(field, 'Demo'),
			taken(field, { mode: 'name', value: ' My\u00a0Demo\u200b' }),
		]).toEqual(['Meeting', 'Demo', 'My Demo']);
		expect(taken(field, { mode: 'list', value: ' My\u00a0Demo ' })).toBe('My\u00a0Demo');
		expect(taken(field, 7)).toBe('7');
		expect(field.spec).toMatchObject({
			label: 'Task Type',
			wire: { type: 'string' },
			expects: 'picked from the list or be a name',
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [list(), { displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. 27' }],
			},
		});
	});

	test('may be one of several', () => {
		expect(taken(pickSeveral('Event', lookup()), 'a, b')).toEqual(['a', 'b']);
		expect(pickSeveral('Event', lookup()).spec).toMatchObject({
			label: 'Event Names or IDs',
			ui: {
				type: 'multiOptions',
				default: [],
				description: expect.stringContaining('Choose from the list'),
				typeOptions: { loadOptionsMethod: 'deals' },
			},
		});
	});
});

describe('a user by ID or email address', () => {
	const field = pickByIdOrEmail('Owner', lookup({ id: 'uuid' }), { id: 'OwnerId', email: 'OwnerEmail' });

	test.each<[unknown, unknown]>([
		[{ __rl: true, mode: 'list', value: id }, [['OwnerId', id]]],
		[{ __rl: true, mode: 'id', value: id }, [['OwnerId', id]]],
		[{ __rl: true, value: id }, [['OwnerId', id]]],
		[{ mode: 'id', value: id }, [['OwnerId', id]]],
		[{ mode: 'email', value: '\u200ba@example.com' }, [['OwnerEmail', 'a@example.com']]],
		[{ mode: 'id', value: { mode: 'email', value: 'a@example.com' } }, [['OwnerEmail', 'a@example.com']]],
		[{ __rl: true, mode: 'email', value: 'a@example.com' }, [['OwnerEmail', 'a@example.com']]],
		[{ __rl: true, mode: 'id', value: ' a@example.com ' }, [['OwnerEmail', 'a@example.com']]],
		['a@example.com', [['OwnerEmail', 'a@example.com']]],
		[id, [['OwnerId', id]]],
	])('takes %j as %j', (given, written) => {
		expect(field.spec.write!(taken(field, given))).toEqual(written);
	});

	test.each([
		{ __rl: true, mode: 'email', value: id },
		{ __rl: true, mode: 'id', value: 'Ana' },
		'Ana',
		7,
		{ mode: 'id', id },
		[{ mode: 'id', value: id }],
	])('refuses %j', (given) => {
		expect(check(field, given).success).toBe(false);
	});

	test('has a mode for each, and is refused when it is required and blank', () => {
		expect(field.spec).toMatchObject({
			label: 'Owner',
			expects: 'picked from the list or be an ID like 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c or an email address',
			wire: {
				type: 'object',
				properties: { OwnerId: { type: 'string', format: 'uuid' }, OwnerEmail: { type: 'string', format: 'email' } },
			},
			ui: {
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [
					{ name: 'list' },
					{ displayName: 'By ID', name: 'id', placeholder: 'e.g. 27' },
					{ displayName: 'By Email', name: 'email', placeholder: 'e.g. name@email.com' },
				],
			},
		});
		expect([
			check(field.required(), { __rl: true, mode: 'list', value: '' }).success,
			check(field, '').success,
		]).toEqual([false, true]);
	});
});
