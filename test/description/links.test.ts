import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import { loadPack } from '../engine/pack';
import { startingNodes } from '../support/triggers';
import { vendors } from '../support/vendors';

const root = path.join(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Where the files of the repository are shown to people. */
const shownAt = `${manifest.homepage.replace(/#.*$/, '')}/blob/main/`;

/** The anchors that GitHub gives to the headings of a page. */
const anchorsOf = (page: string) =>
	[...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);

/** What is wrong with a link to a file of the repository, or nothing. */
function troubleOf(link: string): string[] {
	const [file, anchor] = link.split('#');
	if (!existsSync(path.join(root, file))) return [`there is no ${file}`];
	return anchor === undefined || anchorsOf(read(file)).includes(anchor)
		? []
		: [`${file} has no heading for #${anchor}`];
}

const descriptions = Object.values(loadPack('source').nodeTypes).map(({ description }) => description);

/** The nodes, and the page that explains each. */
const explained = [
	...vendors.map(({ name, folder }) => ({
		name,
		codex: `nodes/${folder}/${folder}.node.json`,
		page: `docs/nodes/${name}.md`,
	})),
	...startingNodes.map(({ name, parts: { folder } }) => ({
		name,
		codex: `nodes/${folder}/${name[0].toUpperCase()}${name.slice(1)}.node.json`,
		page: 'docs/triggers.md',
	})),
];

describe.each(explained)('the link Docs of $name', ({ name, codex, page }) => {
	const { resources } = JSON.parse(read(codex)) as { resources: { primaryDocumentation: Array<{ url: string }> } };
	const { documentationUrl } = descriptions.find((description) => description.name === name)!;

	test("opens the pack's own page, without an anchor in the codex: n8n writes a query behind what it takes from there", () => {
		expect(resources.primaryDocumentation).toEqual([{ url: shownAt + page }]);
		expect(troubleOf(page)).toEqual([]);
	});

	test('of a trigger opens its own part of the page', () => {
		const isTrigger = startingNodes.some((node) => node.name === name);
		const [base, anchor = ''] = documentationUrl?.split('#') ?? [];

		expect([base, anchor !== '']).toEqual(isTrigger ? [shownAt + page, true] : [undefined, false]);
		expect(isTrigger ? troubleOf(documentationUrl!.replace(shownAt, '')) : []).toEqual([]);
	});
});

const pages = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md'));

/** Links of a page into the repository, of pictures too, from its root. */
function linksOf(file: string): string[] {
	const written = [...read(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
		([, link, attribute]) => link ?? attribute,
	);
	return written
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => (link.startsWith('#') ? `${file}${link}` : path.join(path.dirname(file), link)));
}

test.each(pages)('the links of %s lead to files and headings that there are', (file) => {
	expect(linksOf(file).flatMap(troubleOf)).toEqual([]);
});

test('the README leads to the first steps, to the triggers and to the page of each node', () => {
	const wanted = ['docs/first-steps.md', 'docs/triggers.md', ...vendors.map(({ name }) => `docs/nodes/${name}.md`)];

	expect(linksOf('README.md')).toEqual(expect.arrayContaining(wanted));
});
