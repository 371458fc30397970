import { readFileSync } from 'node:fs';
import path from 'node:path';
import { properties } from '../../nodes/shared/form/properties';
import { offeredLists, vendors } from '../support/vendors';
import { coverage } from './coverage';
import { descriptorsFile, descriptorsPage, undocumented } from './descriptorsPage';
import { architectureFile, withFolders } from './foldersDiagram';
import { operationsPage, operationsPageFile } from './operationsPage';

const read = (file: string) => readFileSync(path.join(__dirname, '..', '..', file), 'utf8');

test.each(vendors)(
	'the page about the operations of $vendor.name is the one that the descriptors give (npm run docs)',
	(parts) => {
		expect(read(operationsPageFile(parts))).toBe(operationsPage(parts));
	},
);

test('the reference of descriptors is the one that the docstrings give (npm run docs)', () => {
	expect(read(descriptorsFile)).toBe(descriptorsPage());
});

test('everything that the reference of descriptors shows has a docstring', () => {
	expect(undocumented()).toEqual([]);
});

test('the folders in the page on the architecture are those of the imports (npm run docs)', () => {
	expect(read(architectureFile)).toBe(withFolders(read(architectureFile)));
});

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
