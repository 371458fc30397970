import {
	binary,
	dayAndTime,
	fixed,
	integer,
	mapper,
	nested,
	oneOf,
	text,
	toggle,
	uuid,
	type Fields,
} from '../../nodes/shared/fields';
import { placedFields, type Operation } from '../../nodes/shared/form/operation';
import { requestBody } from '../../nodes/shared/http/apiRequest';
import { buildRequest } from '../../nodes/shared/run/buildRequest';
import { recordKey } from '../../nodes/shared/run/records';
import { imaginedFields, imaginedOperation } from '../support/imagined';

const build = (part: Partial<Operation>, input: Record<string, unknown>, item = 0) =>
	buildRequest(imaginedOperation(part), input, placedFields(part.fields ?? {}), item);
const recordOf = (part: Partial<Operation>, input: Record<string, unknown>) =>
	recordKey(imaginedOperation(part), input, placedFields(part.fields ?? {}));

const fields: Fields = { id: integer('ID').required(), name: text('Name'), other: text('Other') };

describe('the request of an input', () => {
	test.each([
		['POST', 'body'],
		['PUT', 'body'],
		['PATCH', 'body'],
		['GET', 'query'],
		['DELETE', 'query'],
	] as const)('%s has its values in the %s', (method, place) => {
		const call = build({ request: `${method} /things`, fields }, { name: 'Ana', other: 'x' });

		expect(call).toMatchObject({ method, path: '/things', query: {}, [place]: { name: 'Ana', other: 'x' } });
		expect(call.body === undefined).toBe(place === 'query');
	});

	test('a field named in the path goes there alone, encoded', () => {
		const call = build({ request: 'PUT /things/{id}/parts/{name}', fields }, { id: 7, name: 'a/b c?', other: 'x' });

		expect(call).toMatchObject({ path: '/things/7/parts/a%2Fb%20c%3F', query: {}, body: { other: 'x' } });
	});

	test("a field's own place comes before that of the method", () => {
		const own: Fields = { inQuery: text('A').in('query'), inBody: text('B').in('body') };

		expect(build({ request: 'POST /things', fields: own }, { inQuery: 'a', inBody: 'b' })).toMatchObject({
			query: { inQuery: 'a' },
			body: { inBody: 'b' },
		});
		expect(build({ request: 'GET /things', fields: own }, { inQuery: 'a', inBody: 'b' })).toMatchObject({
			query: { inQuery: 'a' },
			body: { inBody: 'b' },
		});
	});

	test('an object that the API wants as the one of a list is sent as such, with all its members', () => {
		const own: Fields = {
			'tasks[]': nested({ id: text('ID'), day: text('Day').at('times.day') }),
			other: text('Other'),
		};

		expect(build({ fields: own }, { id: 'a', day: 'b', other: 'c' }).body).toEqual({
			tasks: [{ id: 'a', times: { day: 'b' } }],
			other: 'c',
		});
	});

	test('what was not given is not sent, and what is to be emptied is sent as null', () => {
		expect(build({ fields }, { name: undefined, other: null }).body).toEqual({ other: null });
	});

	test('a field that only steers the node is not sent, and does not hide those after it', () => {
		expect(
			build({ fields: { local: text('Local').local(), name: text('Name') } }, { local: 'x', name: 'Ana' }).body,
		).toEqual({ name: 'Ana' });
	});

	test('members of objects stand in one object, however deep', () => {
		const deep: Fields = {
			person: nested({ name: text('Name'), phone: text('Phone'), address: nested({ city: text('City') }) }),
			other: text('Other').at('a.b.c'),
		};

		expect(build({ fields: deep }, { name: 'Ana', phone: '1', city: 'Recife', other: 'x' }).body).toEqual({
			person: { name: 'Ana', phone: '1', address: { city: 'Recife' } },
			a: { b: { c: 'x' } },
		});
	});

	test('files stay beside the body, with the item they are of', () => {
		const withFile: Fields = { files: binary('Files').at('attachments[]'), name: text('Name') };

		expect(build({ fields: withFile }, { files: ['a', 'b'], name: 'Ana' }, 3)).toMatchObject({
			files: { part: 'attachments[]', properties: ['a', 'b'], item: 3 },
			body: { name: 'Ana' },
		});
	});

	test('the nature of the operation goes along', () => {
		expect(build({ effect: 'idempotent', bulk: true }, {})).toEqual({
			method: 'POST',
			path: '/things',
			query: {},
			body: undefined,
			files: undefined,
			effect: 'idempotent',
			bulk: true,
		});
		expect(build({}, {})).toMatchObject({ effect: 'writes', bulk: undefined });
	});
});

describe('a value that is written to several members', () => {
	const due = { due: dayAndTime('Due', { day: 'due_date', time: 'due_time' }) };
	const withTime: Fields = { ...due, due_time: text('Due Time') };
	const moment = { day: '2026-07-01', time: '09:00' };

	test('fills in each of them', () => {
		expect(build({ fields: withTime }, { due: moment }).body).toEqual({ due_date: '2026-07-01', due_time: '09:00' });
	});

	test.each([
		['given', '10:00'],
		['to be emptied', null],
	])('leaves a member alone whose own field is %s', (_name, own) => {
		expect(build({ fields: withTime }, { due: moment, due_time: own }).body).toEqual({
			due_date: '2026-07-01',
			due_time: own,
		});
		expect(build({ fields: { due_time: text('Due Time'), ...due } }, { due: moment, due_time: own }).body).toEqual({
			due_date: '2026-07-01',
			due_time: own,
		});
	});

	test('is written to a member of its own name', () => {
		expect(
			build({ fields: { due_date: dayAndTime('Due', { day: 'due_date', time: 'due_time' }) } }, { due_date: moment })
				.body,
		).toEqual({
			due_date: '2026-07-01',
			due_time: '09:00',
		});
	});
});

describe('a body in another form', () => {
	const person = {
		FirstName: text('First Name'),
		Phone: text('Phone'),
		more: mapper('Other Fields', imaginedFields).spread(),
	};
	const pairs = { name: 'Attribute', of: 'Lead' };
	const input = { FirstName: 'Ana', Phone: '1', more: { Phone: '2', mx_City: 'Pune', 'a.b': true } };
	const sent = [
		{ Attribute: 'FirstName', Value: 'Ana' },
		{ Attribute: 'Phone', Value: '1' },
		{ Attribute: 'mx_City', Value: 'Pune' },
		{ Attribute: 'a.b', Value: true },
	];

	test('is a list of pairs, in which a field of its own comes before one of the mapper', () => {
		expect(requestBody(build({ fields: person, pairs }, input))).toEqual(sent);
		expect(requestBody(build({ fields: person, pairs }, { ...input, Phone: undefined }))).toContainEqual({
			Attribute: 'Phone',
			Value: '2',
		});
	});

	test('is a list of pairs inside of it', () => {
		const fields = { Lead: nested({ Details: nested(person).pairs(pairs) }), Note: text('Note') };

		expect(requestBody(build({ fields }, { ...input, Note: 'x' }))).toEqual({ Lead: { Details: sent }, Note: 'x' });
		expect(requestBody(build({ fields }, { Note: 'x' }))).toEqual({ Note: 'x' });
	});

	test('can be sent a second time, because the body itself stays as it is', () => {
		const call = build({ fields: { Details: nested(person).pairs(pairs) } }, input);

		expect(requestBody(call)).toEqual(requestBody(call));
		expect(call.body?.Details).toMatchObject({ FirstName: 'Ana' });
	});

	test('is none where the operation says nothing of it', () => {
		expect(build({ fields: person }, input)).toMatchObject({
			shape: undefined,
			body: { FirstName: 'Ana', Phone: '1', mx_City: 'Pune', 'a.b': true },
		});
	});
});

describe('an update of nothing', () => {
	test('is refused by item, with what to do', () => {
		expect(() => build({ request: 'POST /things/{id}', updates: true, fields }, { id: 1 }, 4)).toThrow(
			expect.objectContaining({
				failure: {
					message: 'There is nothing to update [item 4]',
					description: "Nothing was sent for this item. Add a field under 'Update Fields'.",
					input: true,
				},
			}),
		);
	});

	test('is one that says only which record is meant, and how', () => {
		const part: Partial<Operation> = {
			updates: true,
			fields: {
				id: text('ID').required(),
				post: toggle('Post').in('query'),
				only: text('Only').local(),
				kind: fixed('x'),
				later: toggle('Later').aside(),
			},
		};

		expect(() => build(part, { id: 'x', post: true, only: 'y', kind: 'x', later: true })).toThrow(
			'There is nothing to update',
		);
	});

	test.each<[string, Partial<Operation>, Record<string, unknown>]>([
		[
			'an update of an open field',
			{ updates: true, fields: { id: text('ID').required(), note: text('Note').open() } },
			{ id: 'x', note: 'y' },
		],
		['an update that changes something', { request: 'PUT /things/{id}', updates: true, fields }, { id: 1, name: null }],
		['a PUT that says all by its path', { request: 'PUT /things/{id}/done', fields }, { id: 1 }],
		['a POST without members', { request: 'POST /things/{id}/complete', fields }, { id: 1 }],
		['a DELETE', { request: 'DELETE /things/{id}', fields }, { id: 1 }],
	])('is not %s', (_name, part, input) => {
		expect(() => build(part, input)).not.toThrow();
	});
});

describe('items on the same record', () => {
	const chat: Fields = { chat: text('Chat').ordered(), id: uuid('ID'), text: text('Text') };
	const related: Fields = {
		kind: oneOf('Related To', {
			none: { name: 'Nothing', fields: {} },
			lead: { name: 'Lead', fields: { is: fixed(1), lead: text('Lead').ordered() } },
		}),
	};

	test('are those with the same ids in the path', () => {
		const part: Partial<Operation> = { request: 'PUT /things/{id}', fields };

		expect(recordOf(part, { id: 1, name: 'a' })).toBe(recordOf(part, { id: 1, name: 'b' }));
		expect(recordOf(part, { id: 1 })).not.toBe(recordOf(part, { id: 2 }));
	});

	test('are those with the same value of an ordered field', () => {
		expect(recordOf({ fields: chat }, { chat: '1', text: 'a' })).toBe(
			recordOf({ fields: chat }, { chat: '1', text: 'b' }),
		);
		expect(recordOf({ fields: chat }, { chat: '1' })).not.toBe(recordOf({ fields: chat }, { chat: '2' }));
		expect(recordOf({ fields: related }, { is: 1, lead: 'a' })).not.toBe(
			recordOf({ fields: related }, { is: 1, lead: 'b' }),
		);
	});

	test('are told apart by the field that names them, too', () => {
		const two: Fields = { a: text('A').ordered(), b: text('B').ordered() };

		expect(recordOf({ fields: two }, { a: '1' })).not.toBe(recordOf({ fields: two }, { b: '1' }));
	});

	test.each<[string, Partial<Operation>, Record<string, unknown>]>([
		['neither path nor ordered field', { fields }, { id: 1, name: 'a' }],
		['no value in the ordered field', { fields: chat }, { text: 'a' }],
	])('are none where there is %s', (_name, part, input) => {
		expect(recordOf(part, input)).toBeUndefined();
	});

	test('are all where items go one at a time', () => {
		const part: Partial<Operation> = { oneAtATime: true, fields };

		expect(recordOf(part, { id: 1 })).toBe(recordOf(part, { id: 2 }));
		expect(recordOf(part, {})).toEqual(expect.any(String));
	});
});
