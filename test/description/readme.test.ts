import { readFileSync } from 'node:fs';
import path from 'node:path';
import { operations, vendors } from '../support/vendors';

const readme = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');

interface Named {
	node: string;
	resource: string;
	operation: string;
	isBeta: boolean;
}

const namesIn = (words: string) =>
	words
		.replace(/\([^)]*\)/g, '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/** The operations that the table under "What the nodes do" names. */
function namedInReadme(): Named[] {
	const table = readme
		.split('## What the nodes do')[1]
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.slice(2);
	let node = '';
	return table.flatMap((line) => {
		const [, first, names, all] = line.split('|').map((cell) => cell.trim());
		node = first || node;
		const [sure, unsure = ''] = all.split('beta:');
		const rows = [
			...namesIn(sure.replace(';', '')).map((operation) => ({ operation, isBeta: false })),
			...namesIn(unsure).map((operation) => ({ operation, isBeta: true })),
		];
		return namesIn(names).flatMap((resource) => rows.map((row) => ({ node, resource, ...row })));
	});
}

const byName = (one: Named) => `${one.node}: ${one.resource} > ${one.operation}${one.isBeta ? ' (beta)' : ''}`;

test.each(vendors)(
	'the table of the README names the operations of $vendor.name, no more and no less',
	({ vendor, resources }) => {
		const offered = operations
			.filter(({ parts }) => parts.vendor === vendor)
			.map(({ resource, operation }) => ({
				node: vendor.name,
				resource: resources[resource].name,
				operation: operation.name,
				isBeta: operation.unverified !== undefined,
			}));

		const named = namedInReadme()
			.filter(({ node }) => node === vendor.name)
			.map(byName);
		const wanted = offered.map(byName);
		const missing = wanted
			.filter((name) => !named.includes(name))
			.map((name) => `${name} stands in no row of the table 'What the nodes do'`);
		const gone = named
			.filter((name) => !wanted.includes(name))
			.map((name) => `${name} stands in the table 'What the nodes do', and there is no such operation`);
		const twice = named
			.filter((name, index) => named.indexOf(name) !== index)
			.map((name) => `${name} stands there twice`);

		expect([...missing, ...gone, ...twice]).toEqual([]);
	},
);
