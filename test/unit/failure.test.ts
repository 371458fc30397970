import type { INode } from 'n8n-workflow';
import { FailureError, failureOf, failureOfResponse, inDoubt } from '../../nodes/shared/base/failure';
import { apiError, failedItem, failedToolItem, stopError } from '../../nodes/shared/base/nodeErrors';

const node = { id: 'a', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

describe('the failure of any thrown value', () => {
	const own = { message: 'No', description: 'Try', httpCode: 5 };

	test.each<[string, unknown, object]>([
		['a failure of our own', new FailureError(own), own],
		['an error', new Error('Broken'), { message: 'Broken', description: undefined, ownCode: 'FAILED' }],
		[
			'an error of n8n, with its description',
			Object.assign(new Error('Broken'), { description: 'Mend it', ownCode: 'FAILED' }),
			{ message: 'Broken', description: 'Mend it', ownCode: 'FAILED' },
		],
		[
			'an error with another description',
			Object.assign(new Error('Broken'), { description: 5 }),
			{ message: 'Broken', description: undefined, ownCode: 'FAILED' },
		],
		['a text', 'text', { message: 'text', description: undefined, ownCode: 'FAILED' }],
		[
			'an object that is no error',
			{ description: 'no' },
			{ message: '{"description":"no"}', description: undefined, ownCode: 'FAILED' },
		],
		['nothing', undefined, { message: 'undefined', description: undefined, ownCode: 'FAILED' }],
	])('%s', (_name, error, failure) => {
		expect(failureOf(error)).toStrictEqual(failure);
	});

	test('has a name in traces', () => {
		expect(String(new FailureError(own))).toBe('FailureError: No');
	});
});

describe('an error that was thrown while a response was read', () => {
	test.each([TypeError, RangeError, ReferenceError, URIError, SyntaxError])(
		'%p is an error of the pack and is reported as one',
		(Kind) => {
			expect(failureOfResponse(new Kind('x is no y'), 'Imagined CRM')).toEqual({
				message: 'Imagined CRM returned a response that this node cannot read',
				description: 'Report this message to the maintainers of n8n-nodes-crm-pack: x is no y',
				ownCode: 'UNREADABLE_RESPONSE',
			});
		},
	);

	test('stays as it is if it is of another type', () => {
		expect(failureOfResponse(new Error('Broken'), 'Imagined CRM')).toEqual({
			message: 'Broken',
			description: undefined,
			ownCode: 'FAILED',
		});
		expect(failureOfResponse(new FailureError({ message: 'No' }), 'Imagined CRM')).toEqual({ message: 'No' });
	});
});

test('a write that may have been carried out says so once, and is not an input error', () => {
	const told = inDoubt({ message: 'No', input: true, httpCode: 500 }, 'Imagined CRM');

	expect(told).toEqual({
		message: 'No. The request may have been carried out: look in Imagined CRM before running it again',
		httpCode: 500,
		mayHaveBeenApplied: true,
	});
	expect(inDoubt(told, 'Imagined CRM')).toBe(told);
});

describe("n8n's errors", () => {
	const failure = {
		message: 'No',
		description: 'Try',
		httpCode: 404,
		code: 'gone',
		response: { a: 1 },
		mayHaveBeenApplied: true,
	};

	test('of a vendor has message, description, status and details', () => {
		const error = apiError(node, failure, 3);

		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'No',
			description: 'Try',
			httpCode: '404',
			context: {
				itemIndex: 3,
				data: { httpCode: 404, code: 'gone', hint: 'Try', response: { a: 1 }, mayHaveBeenApplied: true },
			},
		});
	});

	test('keeps our message if n8n has its own message for a status', () => {
		const { message, description, httpCode } = apiError(node, { message: 'No' });

		expect([message, description, httpCode]).toEqual(['No', undefined, null]);
	});

	test('of invalid input is a NodeOperationError', () => {
		expect(stopError(node, { ...failure, input: true }, 2)).toMatchObject({
			name: 'NodeOperationError',
			message: 'No',
			description: 'Try',
			context: { itemIndex: 2 },
		});
		expect(stopError(node, failure, 2).name).toBe('NodeApiError');
	});

	test('of an item has everything inside one key, without empty values', () => {
		expect(failedItem({ message: 'No' }, 1)).toStrictEqual({
			json: { error: { message: 'No', code: 'REFUSED' } },
			pairedItem: { item: 1 },
		});
		expect(failedItem(failure, 1)).toStrictEqual({
			json: {
				error: {
					message: 'No',
					description: 'Try',
					httpCode: 404,
					code: 'gone',
					hint: 'Try',
					response: { a: 1 },
					mayHaveBeenApplied: true,
				},
			},
			pairedItem: { item: 1 },
		});
	});

	test('of an item of an agent has the hint in its message', () => {
		expect(failedToolItem(failure, 1).json.error).toMatchObject({ message: 'No. Try', description: 'Try' });
		expect(failedToolItem({ message: 'No' }, 1).json.error).toEqual({ message: 'No', code: 'REFUSED' });
	});
});
