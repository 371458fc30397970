import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { valueAt } from '../../nodes/shared/base/json';
import type { Operation } from '../../nodes/shared/form/operation';
import { requestLine } from '../../nodes/shared/http/apiRequest';
import { recordsIn, withoutWithheld } from '../../nodes/shared/run/output';
import { problemsOf } from '../sandbox/answers';
import { contractOf, documentedOperation, type Schema } from '../sandbox/contract';
import { documentedOperations, type DocumentedPlace } from '../support/vendors';
import { examplesOf, observedAnswers } from './examples';
import { outputSchema, schemaFile } from './outputSchema';

/** Members of an operation's records before they are simplified. */
const wholeRecord = (place: DocumentedPlace) =>
	Object.keys(outputSchema({ ...place, operation: { ...place.operation, simple: undefined } }).properties as object);

const recordsFrom = (operation: Operation, body: unknown) =>
	(operation.many ? operation.many.records(body) : recordsIn(operation, body)).map((record) =>
		withoutWithheld(operation, record),
	);

describe.each(documentedOperations)('$title', (place) => {
	const { operation, parts } = place;

	test('has a preview of its output that agrees with the contract (npm run schemas)', () => {
		const file = path.join(__dirname, '..', '..', schemaFile(place));
		if (!existsSync(file)) throw new Error(`${place.title}: there is no ${schemaFile(place)}: run npm run schemas`);
		const written = JSON.parse(readFileSync(file, 'utf8')) as Schema;

		expect(written).toEqual(outputSchema(place));
		expect(Object.keys(written.properties as object).length).toBeGreaterThan(0);
	});

	test('simplifies to at most ten members, all of which the contract knows', () => {
		const { simple = [] } = operation;
		const whole = wholeRecord(place);

		expect(simple.length).toBeLessThanOrEqual(10);
		expect(simple.filter((name) => !whole.includes(name))).toEqual([]);
		const needed = whole.length > 10;
		const words = needed ? 'name the most useful ones in simple' : 'leave simple out';
		if (needed !== (operation.simple !== undefined))
			throw new Error(`${place.title}: a record has ${whole.length} members: ${words}`);
	});

	test('takes its records out of every documented answer', () => {
		const { operation: documented } = documentedOperation(parts.name, operation.contract, place.title);
		const known = wholeRecord(place);

		const examples = examplesOf(contractOf(parts.name), documented, /^2/).filter(
			({ body }) => valueAt(body, 'RecordCount') !== 0,
		);
		const records = examples.flatMap(({ body }) => recordsFrom(operation, body));

		expect(records.length > 0).toBe(examples.length > 0);
		expect(records.flatMap((record) => Object.keys(record)).filter((name) => !known.includes(name))).toEqual([]);
	});
});

/** Answers of the server of 2024 to the requests of operations that there are. */
const observed = observedAnswers()
	.filter(({ status, body }) => status < 300 && body !== null)
	.flatMap(({ name, method, path: asked, status, body }) => {
		const route = asked.split('?')[0].replace('/api/v1/accounts/1', '').replace(/\/\d+/g, '/{}');
		const place = documentedOperations.find(
			({ parts, operation }) =>
				parts.name === 'woofedCrm' &&
				`${requestLine(operation).method} ${requestLine(operation).path.replace(/\{\w+\}/g, '{}')}` ===
					`${method} ${route}`,
		);
		return place ? [{ name, title: place.title, operation: place.operation, status, body }] : [];
	});

test('answers of a real server are there for a dozen operations', () => {
	expect(new Set(observed.map(({ title }) => title)).size).toBeGreaterThanOrEqual(12);
});

test.each(observed)('$title reads the real answer $name', ({ operation, body }) => {
	const records = recordsFrom(operation, body);

	expect(records.every(({ id }) => typeof id === 'number')).toBe(true);
	expect(records.length > 0).toBe(JSON.stringify(body).includes('"id":'));
});

test.each(observed)('the contract of $title knows the real answer $name', ({ operation, status, body }) => {
	expect(problemsOf('woofedCrm', operation.contract, { status, body })).toEqual([]);
});
