import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Schema } from '../sandbox/contract';
import { operations } from '../support/vendors';
import { outputSchema, schemaFile } from './outputSchema';

describe.each(operations)('$title', (place) => {
	test('has a preview of its output that agrees with the contract (npm run schemas)', () => {
		const written = JSON.parse(readFileSync(path.join(__dirname, '..', '..', schemaFile(place)), 'utf8')) as Schema;

		expect(written).toEqual(outputSchema(place));
		expect(Object.keys(written.properties as object).length).toBeGreaterThan(0);
	});

	test('simplifies to at most ten members, all of which the contract knows', () => {
		const { simple = [] } = place.operation;
		const whole = Object.keys(outputSchema({ ...place, operation: { ...place.operation, simple: undefined } }).properties as object);

		expect(simple.length).toBeLessThanOrEqual(10);
		expect(simple.filter((name) => !whole.includes(name))).toEqual([]);
		expect(whole.length > 10).toBe(place.operation.simple !== undefined);
	});
});
