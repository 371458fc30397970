import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vendors } from '../support/vendors';

const root = path.join(__dirname, '..', '..');
const shared = path.join(root, 'nodes', 'shared');

/** A line of source in a file that there need not be. */
interface Line {
	file: string;
	source: string;
}

/** Lints lines in a process of its own, because jest cannot load the configuration, and prints whether each is refused. */
const LINT = `
	import { ESLint } from 'eslint';
	import tseslint from 'typescript-eslint';
	// A file that there is not has no types.
	const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });
	const refused = [];
	for (const { file, source } of JSON.parse(process.argv[1])) {
		const [{ messages }] = await eslint.lintText(source, { filePath: file });
		const unreadable = messages.find(({ fatal }) => fatal);
		if (unreadable) throw new Error(unreadable.message);
		refused.push(messages.some(({ ruleId }) => ruleId === 'no-restricted-syntax'));
	}
	console.log(JSON.stringify(refused));
`;

function refusedOf(lines: Line[]): Line[] {
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', LINT, JSON.stringify(lines)], {
		cwd: root,
		encoding: 'utf8',
	});
	const refused = JSON.parse(output) as boolean[];
	return lines.filter((_line, index) => refused[index]);
}

test.each(['base', 'http', 'fields', 'form', 'run', 'editor', 'trigger'])(
	'the layer %s says in one sentence what it is',
	(layer) => {
		expect(readFileSync(path.join(shared, layer, 'README.md'), 'utf8')).toMatch(/^[A-Z][^\n]+\.\n$/);
	},
);

test('every file of the shared core stands in a layer', () => {
	expect(readdirSync(shared, { withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
});

describe('imports', () => {
	const forbidden = [
		['nodes/shared/base/x.ts', '../http/request'],
		['nodes/shared/http/x.ts', '../fields'],
		['nodes/shared/fields/x.ts', '../form/operation'],
		['nodes/shared/form/x.ts', '../run/execute'],
		['nodes/shared/run/x.ts', '../editor/editor'],
		['nodes/shared/editor/x.ts', '../run/execute'],
		['nodes/shared/trigger/x.ts', '../run/execute'],
		['nodes/shared/x.ts', './base/json'],
		['credentials/x.ts', '../nodes/shared/base/json'],
		...vendors.flatMap(({ folder }, index) => [
			['nodes/shared/run/x.ts', `../../${folder}/vendor`],
			[`nodes/${folder}/x.ts`, `../${vendors[(index + 1) % vendors.length].folder}/vendor`],
			[`nodes/${folder}/x.ts`, '../../test/sandbox'],
		]),
	].flatMap(([file, from]) =>
		[
			`import { x } from '${from}';`,
			`import type { X } from '${from}';`,
			`export * from '${from}';`,
			`type Y = import('${from}').X;`,
		].map((source) => ({
			file,
			source,
		})),
	);
	const allowed = [
		['nodes/shared/run/x.ts', '../http/request'],
		['nodes/Wegly/x.ts', '../shared/run/execute'],
		['nodes/shared/http/x.ts', '../../../credentials/address'],
	].map(([file, from]) => ({ file, source: `import { x } from '${from}';` }));
	let refused: Line[];

	// One process for both: starting ESLint takes most of the time.
	beforeAll(() => (refused = refusedOf([...forbidden, ...allowed])));

	test('no layer may import a later one, no end another one, the core no vendor, a vendor no other, credentials no node, nobody the tests; types neither', () => {
		expect(forbidden.filter((line) => !refused.includes(line))).toEqual([]);
	});

	test('a layer may import those before it, a vendor the core, and the core what credentials know of addresses', () => {
		expect(allowed.filter((line) => refused.includes(line))).toEqual([]);
	});
});
