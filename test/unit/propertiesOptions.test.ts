import type { INodeProperties } from 'n8n-workflow';
import { text } from '../../nodes/shared/fields';
import type { Operation, Resources } from '../../nodes/shared/form/operation';
import { properties } from '../../nodes/shared/form/properties';
import { imaginedOperation } from '../support/imagined';

const resourcesOf = (operations: Record<string, Partial<Operation>>): Resources => ({
	thing: {
		name: 'Thing',
		operations: Object.fromEntries(Object.entries(operations).map(([value, part]) => [value, imaginedOperation(part)])),
	},
});
/** The form of one operation, without the drop-downs before it and the options after it. */
const named = (form: INodeProperties[]) => form.map(({ name }) => name);

describe('the options', () => {
	const number = (
		displayName: string,
		name: string,
		value: number,
		maxValue: number,
		description: string,
		minValue = 1,
	) => ({
		displayName,
		name,
		type: 'number',
		default: value,
		typeOptions: { numberPrecision: 0, minValue, maxValue },
		description,
	});
	const own = [
		number(
			'Max Tries',
			'maxTries',
			5,
			20,
			'Attempts per request, including the first. Rate-limited ones do not count. A write that may have been carried out is never retried.',
		),
		number('Max Wait (Seconds)', 'maxWait', 300, 3600, 'Maximum total wait between the attempts of one request'),
		number(
			'Requests in Parallel',
			'requestsInParallel',
			0,
			32,
			'Items sent at the same time, the same number for all items. 0 is automatic: from 4 up to 32, while more makes the run faster. Requests on the same record never overlap.',
			0,
		),
		number('Timeout (Seconds)', 'timeout', 60, 3600, 'Maximum time until the complete response has arrived'),
	];
	const collection = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
	};
	const reading = resourcesOf({ do: { effect: 'reads' } });

	test("come last, the vendor's own among them, sorted", () => {
		expect(properties(reading).at(-1)).toEqual({ ...collection, options: own });
		expect(named(properties(reading, { place: text('Place') }).at(-1)!.options as INodeProperties[])).toEqual([
			'maxTries',
			'maxWait',
			'place',
			'requestsInParallel',
			'timeout',
		]);
	});

	test('that fresh nodes start with are kept from nodes of version 1', () => {
		expect(properties(reading, {}, { place: 'x' }).slice(-2)).toEqual([
			{ ...collection, options: own, default: { place: 'x' }, displayOptions: { hide: { '@version': [1] } } },
			{ ...collection, options: own, displayOptions: { show: { '@version': [1] } } },
		]);
	});
});
