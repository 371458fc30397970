import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

export const architectureFile = 'docs/architecture.md';
const OPEN = '<!-- folders: written by npm run docs -->';
const CLOSE = '<!-- end of folders -->';

/** The layers of the shared core in their order, and the folders around it, each with its purpose. */
const LAYERS = ['base', 'http', 'fields', 'form', 'run', 'editor', 'trigger'];
const VENDOR = 'nodes/<Vendor>';
const CREDENTIALS = 'credentials';
const purposes: Readonly<Record<string, string>> = {
	[CREDENTIALS]: 'One file per vendor, and the rules for addresses and keys.',
	[VENDOR]:
		'One folder per vendor with the same files in each: descriptors of operations, lists, events and the vendor page.',
};

const sharedFolder = (layer: string) => `nodes/shared/${layer}`;
const folders = [CREDENTIALS, ...LAYERS.map(sharedFolder), VENDOR];

function folderOf(file: string): string {
	const [top, second, third] = file.split('/');
	if (top === CREDENTIALS) return CREDENTIALS;
	return second === 'shared' ? sharedFolder(third) : VENDOR;
}

type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** Which folder imports which others, from the imports of the files, of types too. */
export function folderImports(): Imports {
	const madge = require.resolve('madge/bin/cli.js');
	const json = execFileSync(process.execPath, [madge, '--json', '--no-spinner', 'nodes', 'credentials'], {
		cwd: root,
		encoding: 'utf8',
	});
	const files = JSON.parse(json) as Record<string, string[]>;
	const imports = new Map(folders.map((folder) => [folder, new Set<string>()]));
	for (const [file, imported] of Object.entries(files)) {
		const from = folderOf(file);
		for (const to of imported.map(folderOf)) if (to !== from) imports.get(from)!.add(to);
	}
	return imports;
}

/** The folders that one reaches by its imports, itself left out. */
function reached(imports: Imports, from: string): Set<string> {
	const direct = [...(imports.get(from) ?? [])];
	return new Set(direct.flatMap((to) => [to, ...reached(imports, to)]));
}

/** The imports of a folder that do not follow from its other imports: the drawing shows only these. */
function drawn(imports: Imports, from: string): string[] {
	const direct = [...(imports.get(from) ?? [])];
	return direct.filter((to) => !direct.some((other) => other !== to && reached(imports, other).has(to)));
}

const nameOf = (folder: string) => folder.replace(/\W+/g, '_').replace(/_$/, '');
const label = (folder: string) => folder.replace('<', '&lt;').replace('>', '&gt;');
const purposeOf = (folder: string) =>
	purposes[folder] ?? readFileSync(path.join(root, folder, 'README.md'), 'utf8').trim();
const inOrder = (names: Iterable<string>) => folders.filter((folder) => [...names].includes(folder));
const code = (folder: string) => `\`${folder.replace('nodes/shared/', '')}\``;

/** The part of the page on the architecture that shows the folders and their imports. */
export function foldersSection(): string {
	const imports = folderImports();
	const box = (folder: string) => `${nameOf(folder)}["${label(folder.replace('nodes/shared/', ''))}"]`;
	const arrows = folders.flatMap((from) =>
		inOrder(drawn(imports, from)).map((to) => `\t${nameOf(from)} --> ${nameOf(to)}`),
	);
	const rows = folders.map(
		(folder) =>
			`| \`${folder}\` | ${purposeOf(folder)} | ${inOrder(imports.get(folder)!).map(code).join(', ') || 'nothing'} |`,
	);
	return [
		OPEN,
		'',
		'```mermaid',
		'flowchart TD',
		`\t${box(VENDOR)}`,
		'\tsubgraph shared["nodes/shared"]',
		...LAYERS.map((layer) => `\t\t${box(sharedFolder(layer))}`),
		'\tend',
		`\t${box(CREDENTIALS)}`,
		...arrows,
		'```',
		'',
		'| Folder | Purpose | Imports |',
		'| --- | --- | --- |',
		...rows,
		'',
		CLOSE,
	].join('\n');
}

/** The page on the architecture with that part as the imports are now. */
export function withFolders(page: string): string {
	const [start, end] = [page.indexOf(OPEN), page.indexOf(CLOSE)];
	if (start < 0 || end < start) throw new Error(`${architectureFile} lacks the lines '${OPEN}' and '${CLOSE}'`);
	return page.slice(0, start) + foldersSection() + page.slice(end + CLOSE.length);
}
