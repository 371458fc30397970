import { readFileSync } from 'node:fs';
import path from 'node:path';
import { properties } from '../../nodes/shared/form/properties';
import { offeredLists, vendors } from '../support/vendors';
import { coverage } from './coverage';
import { operationsPage, operationsPageFile } from './operationsPage';

test.each(vendors)(
	'the page about the operations of $vendor.name is the one that the descriptors give (npm run docs)',
	(parts) => {
		expect(readFileSync(path.join(__dirname, '..', '..', operationsPageFile(parts)), 'utf8')).toBe(
			operationsPage(parts),
		);
	},
);

test.each(coverage().filter(({ isComplete }) => isComplete))(
	'every documented operation of $name is offered or used, and there is a reason for each that is not',
	({ documented, covered, leftOut }) => {
		expect(covered).toBe(documented);
		expect(leftOut.filter(({ reason }) => reason === 'not built yet')).toEqual([]);
	},
);

test.each(vendors)('every list of $vendor.name fills an element of its form', (parts) => {
	const form = JSON.stringify(properties(parts.resources));

	expect(
		offeredLists(parts)
			.map((lookup) => lookup.name)
			.filter(
				(list) => !form.includes(`"searchListMethod":"${list}"`) && !form.includes(`"loadOptionsMethod":"${list}"`),
			),
	).toEqual([]);
});
