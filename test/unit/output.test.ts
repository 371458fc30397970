import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { queued, deleted, listed, onlyOne, type Operation } from '../../nodes/shared/form/operation';
import { asSuccess, recordOf, recordsIn, simplified, withoutWithheld } from '../../nodes/shared/run/output';
import { imaginedOperation } from '../support/imagined';
import { failureBy } from '../support/scripted';

const ofTask = imaginedOperation({ output: 'task', simple: ['id', 'name'] });
const recordsFrom = (part: Partial<Operation>, answer: unknown) => recordsIn(imaginedOperation(part), answer);

test('the record is taken out of its envelope, and an answer without one is given as it is', () => {
	expect(recordOf(ofTask, { success: true, task: { id: 1 } })).toEqual({ id: 1 });
	expect(recordOf(ofTask, { id: 2 })).toEqual({ id: 2 });
	expect(recordOf({ output: 'a.b' }, { a: { b: { id: 3 } } })).toEqual({ id: 3 });
	expect(recordOf({}, { id: 4 })).toEqual({ id: 4 });
});

test.each([[''], [null], [undefined]])('an answer of %j to a write is a success', (answer) => {
	expect(recordOf({}, answer)).toEqual({ success: true });
	expect(recordsFrom({ output: 'task' }, answer)).toEqual([{ success: true }]);
});

test.each([[5], [false], [['a']]])('an answer of %j to a write is given as a value', (answer) => {
	expect(recordOf({}, answer)).toEqual({ value: answer });
});

test('what is only queued is told as accepted, whatever the vendor says of it', () => {
	expect(recordOf({ output: queued }, { Message: { Message: 'Queued' } })).toEqual({ accepted: true });
});

test('a delete gives what n8n usually gives', () => {
	expect(recordOf({ output: deleted }, { id: 1 })).toEqual({ deleted: true });
	expect(recordsFrom({ request: 'DELETE /things/1', output: deleted }, '')).toEqual([{ deleted: true }]);
});

test.each<[string, Operation['effect'], unknown, unknown[]]>([
	['a list gives its records one by one', 'writes', { records: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
	['a list that was read, too', 'reads', { records: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
	['a list holds whole records', 'writes', { records: [{ records: { id: 1 } }] }, [{ records: { id: 1 } }]],
	[
		'a list that was read holds whole records',
		'reads',
		{ records: [{ records: { id: 1 } }] },
		[{ records: { id: 1 } }],
	],
	['an empty list that was read gives none', 'reads', { records: [] }, []],
	['an empty list after a write gives its envelope', 'writes', { total: 0, records: [] }, [{ total: 0, records: [] }]],
	['a single record gives itself', 'writes', { records: { id: 1 } }, [{ id: 1 }]],
	['an answer without the list gives itself', 'reads', { id: 1 }, [{ id: 1 }]],
	['a value in the list of a write gives a value', 'writes', { records: [5] }, [{ value: 5 }]],
])('%s', (_name, effect, answer, records) => {
	expect(recordsFrom({ output: 'records', effect }, answer)).toEqual(records);
});

test('a search by POST that found nothing gives no record', () => {
	expect(recordsFrom({ output: 'records', request: 'POST /search', effect: 'reads' }, { records: [] })).toEqual([]);
});

test.each<[unknown, string]>([
	['', 'The response must contain a record, but is empty'],
	[null, 'The response must contain a record, but is empty'],
	[undefined, 'The response must contain a record, but is empty'],
	['text', 'The response must contain a record, but is "text"'],
	[[1], 'The response must contain a record, but is [1]'],
])('an answer of %j holds no record that was asked for', (answer, words) => {
	expect(() => recordsFrom({ request: 'GET /things/1', effect: 'reads' }, answer)).toThrow(words);
	expect(() => recordsFrom({ request: 'POST /search', effect: 'reads' }, answer)).toThrow(words);
});

test('a bare list gives its records, also none', () => {
	expect(recordsFrom({ output: listed, effect: 'reads' }, [{ id: 1 }, { id: 2 }])).toEqual([{ id: 1 }, { id: 2 }]);
	expect(recordsFrom({ output: listed, effect: 'reads' }, [])).toEqual([]);
});

test('a bare list of the one record that was asked for gives it, and an empty one says that there is none', async () => {
	expect(recordsFrom({ output: onlyOne, effect: 'reads' }, [{ id: 1 }, { id: 2 }])).toEqual([{ id: 1 }]);
	expect(await failureBy((async () => recordsFrom({ output: onlyOne, effect: 'reads' }, []))())).toMatchObject({
		message: 'There is no such record',
		httpCode: 404,
	});
});

test.each([listed, onlyOne] as const)('an answer without a bare list is unreadable', (output) => {
	expect(() => recordsFrom({ output, effect: 'reads' }, { id: 1 })).toThrow('The response contains no list');
});

test('a list that was read and holds anything but records is refused', () => {
	expect(() => recordsFrom({ effect: 'reads', output: 'list' }, { list: [{ id: 1 }, 5] })).toThrow(
		'The response must contain a record, but is 5',
	);
});

test('simplifying keeps the named members that came, in their order', () => {
	expect(JSON.stringify(simplified(ofTask, { name: 'n', extra: 1, id: 2 }))).toBe('{"id":2,"name":"n"}');
	expect(simplified(ofTask, { unknown: 1 })).toEqual({ unknown: 1 });
});

test('withheld members are nowhere in a record', () => {
	const record = { id: 1, secret: 's', inner: { secret: 's', list: [{ secret: 's', id: 2 }, null, 'secret'] } };

	expect(withoutWithheld(imaginedOperation({ withheld: ['secret'] }), record)).toEqual({
		id: 1,
		inner: { list: [{ id: 2 }, null, 'secret'] },
	});
	expect(withoutWithheld(ofTask, record)).toBe(record);
});

test('no success has a member named error, and none of its values is lost', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom('error', 'id', 'message'), fc.jsonValue()), (record) => {
			const { error, ...rest } = record;

			expect(asSuccess(record as IDataObject)).toStrictEqual(
				'error' in record ? { ...rest, record_error: error } : record,
			);
		}),
	);
});
