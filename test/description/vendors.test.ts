import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { triggerFiles } from '../support/triggers';
import { vendors } from '../support/vendors';

const root = path.join(__dirname, '..', '..');
const capital = (name: string) => name[0].toUpperCase() + name.slice(1);
const filesIn = (folder: string, ending: string) =>
	readdirSync(path.join(root, folder)).filter((name) => name.endsWith(ending));

/** All places that have something of every vendor: what is there, and what the list of vendors wants there. */
const places = [
	{
		place: 'the folders of nodes/',
		found: readdirSync(path.join(root, 'nodes')).filter((name) => name !== 'shared'),
		wanted: vendors.map(({ folder }) => folder),
	},
	{
		place: 'the files of credentials/',
		found: filesIn('credentials', '.credentials.ts'),
		wanted: vendors.map(({ vendor }) => `${capital(vendor.credential)}.credentials.ts`),
	},
	{
		place: 'the folders of test/vendors with a contract',
		found: readdirSync(path.join(root, 'test/vendors')).filter((name) =>
			existsSync(path.join(root, 'test/vendors', name, 'contract.yaml')),
		),
		wanted: vendors.map(({ name }) => name),
	},
	{
		place: 'docs/operations',
		found: filesIn('docs/operations', '.md'),
		wanted: vendors.map(({ name }) => `${name}.md`),
	},
	{
		place: 'n8n.nodes of package.json',
		found: manifest.n8n.nodes,
		wanted: [...vendors.map(({ folder }) => `dist/nodes/${folder}/${folder}.node.js`), ...triggerFiles],
	},
	{
		place: 'n8n.credentials of package.json',
		found: manifest.n8n.credentials,
		wanted: vendors.map(({ vendor }) => `dist/credentials/${capital(vendor.credential)}.credentials.js`),
	},
	{
		place: 'the lookups.ts of the vendors, and their lists in test/support/vendors.ts',
		found: vendors
			.filter(({ folder }) => existsSync(path.join(root, 'nodes', folder, 'lookups.ts')))
			.map(({ name }) => name),
		wanted: vendors.filter(({ lists }) => Object.keys(lists).length > 0).map(({ name }) => name),
	},
];

test.each(places)('$place: those of test/support/vendors.ts, no more and no less', ({ found, wanted }) => {
	const unknown = found
		.filter((name) => !wanted.includes(name))
		.map((name) => `${name} has no entry in test/support/vendors.ts`);
	const missing = wanted
		.filter((name) => !found.includes(name))
		.map((name) => `${name} is missing, which test/support/vendors.ts wants`);

	expect([...unknown, ...missing]).toEqual([]);
});

test.each(vendors)(
	'the node, the folder and the credential of $vendor.name are called alike',
	({ name, folder, vendor }) => {
		expect([folder, vendor.credential]).toEqual([capital(name), `${name}Api`]);
	},
);
