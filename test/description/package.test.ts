import { PackageDirectoryLoader } from 'n8n-core';
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { loadPack } from '../engine/pack';
import { startingNodes } from '../support/triggers';
import { vendors } from '../support/vendors';

const root = path.join(__dirname, '..', '..');

test('the package has no dependency, no lifecycle script and no override', () => {
	const lifecycle = ['prepare', 'preinstall', 'install', 'postinstall', 'prepublish'];

	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('overrides');
	expect(Object.keys(manifest.scripts).filter((name) => lifecycle.includes(name))).toEqual([]);
});

test('what is published is the build, the licence, the readme and the changelog, and nothing else', () => {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ files }] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;

	const others = files.map((file) => file.path).filter((file) => !file.startsWith('dist/'));

	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
});

test('every version of a node says what its operations put out', () => {
	const nodes = Object.values(loadPack('build').nodeTypes).map(({ description }) => description);
	const schemas = nodes.flatMap(({ name, version }) => {
		const folder = path.join(
			root,
			path.dirname(
				manifest.n8n.nodes.find((file) => path.basename(file, '.node.js').toLowerCase() === name.toLowerCase())!,
			),
			'__schema__',
		);
		return [version]
			.flat()
			.map(
				(number) =>
					readdirSync(path.join(folder, `v${[...String(number).split('.'), '0', '0'].slice(0, 3).join('.')}`)).length,
			);
	});

	expect(schemas.length).toBeGreaterThanOrEqual(vendors.length);
	expect(schemas.every((count) => count > 0)).toBe(true);
});

test("n8n's own loader finds every node and credential of the build, with icons and search words", async () => {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();

	expect(Object.keys(loader.known.nodes).sort()).toEqual([...vendors, ...startingNodes].map(({ name }) => name).sort());
	expect(Object.keys(loader.known.credentials).sort()).toEqual(vendors.map(({ vendor }) => vendor.credential).sort());
	for (const { name, iconUrl, codex } of loader.types.nodes) {
		expect({ name, iconUrl, codex }).toEqual({
			name,
			iconUrl: { light: expect.stringContaining('.svg'), dark: expect.stringContaining('.dark.svg') },
			codex: expect.objectContaining({ alias: expect.arrayContaining(['CRM']) }),
		});
	}
});

/** Search words, and the vendors that a user of n8n finds by them. */
const searches: ReadonlyArray<readonly [words: string[], folders: string[]]> = [
	[
		['task', 'tarefa'],
		['SyncroChat', 'Wegly', 'LeadSquared'],
	],
	[
		['deal', 'negocio', 'negócio', 'contact', 'contato'],
		['Wegly', 'WoofedCrm'],
	],
	[
		['message', 'mensagem', 'pipeline', 'funil'],
		['SyncroChat', 'Wegly', 'WoofedCrm'],
	],
	[
		['note', 'nota'],
		['Wegly', 'WoofedCrm', 'LeadSquared'],
	],
	[['lead squared', 'leadsquared'], ['LeadSquared']],
	[['woofed crm', 'woofedcrm'], ['WoofedCrm']],
];

test.each(searches.flatMap(([words, folders]) => words.map((word) => ({ word, folders }))))(
	"the search of n8n's node panel for '$word' finds the nodes of $folders, and their triggers",
	({ word, folders }) => {
		const nodes = manifest.n8n.nodes.map((file) => {
			const { alias } = JSON.parse(
				readFileSync(path.join(root, file.replace('dist/', '').replace('.js', '.json')), 'utf8'),
			) as { alias: string[] };
			return { file, alias };
		});
		const wanted = nodes.filter(({ file }) => folders.includes(path.basename(path.dirname(file))));

		const found = sublimeSearch(word, nodes, [{ key: 'alias', weight: 1 }]);

		// Whole words come first: the search also takes words that have the letters in their order.
		expect(
			found
				.slice(0, wanted.length)
				.map(({ item }) => item.file)
				.sort(),
		).toEqual(wanted.map(({ file }) => file).sort());
	},
);

test('of n8n-workflow nothing is used at run time that n8n 1.60 lacks', () => {
	const build = readdirSync(path.join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.js'),
	);
	const used = build.flatMap((file) =>
		[...readFileSync(path.join(root, 'dist', file), 'utf8').matchAll(/\bn8n_workflow_\d+\.(\w+)/g)].map(
			([, name]) => name,
		),
	);

	expect([...new Set(used)].sort()).toEqual(['NodeApiError', 'NodeOperationError', 'sleep', 'tryToParseDateTime']);
});
