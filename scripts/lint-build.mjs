/**
 * Lints the shipped files with n8n's rules: the built files, as n8n's package scanner does, and the descriptions of the
 * nodes. The descriptions are derived, and the rules read only literals. So the script writes each description as a
 * literal into a temporary package, and lints it there.
 *
 * Prints the findings. The exit code is 1 if one is an error.
 */
import { ESLint } from 'eslint';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { n8nRules } from '../eslint.n8n.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const manifest = require('../package.json');

/**
 * Returns a value as TypeScript source. Functions become a stub. Keys stay unquoted, because rules match identifiers.
 */
function literal(value, depth = 1) {
	const block = (open, rows, close) =>
		rows.length === 0
			? open + close
			: `${open}\n${rows.map((row) => `${'\t'.repeat(depth + 1)}${row},\n`).join('')}${'\t'.repeat(depth)}${close}`;
	if (Array.isArray(value))
		return block(
			'[',
			value.map((entry) => literal(entry, depth + 1)),
			']',
		);
	if (typeof value === 'function') return '(async () => ({}))';
	if (typeof value === 'string')
		return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
	if (value === null || typeof value !== 'object') return String(value);
	const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name));
	return block(
		'{',
		Object.entries(value)
			.filter(([, entry]) => entry !== undefined)
			.map(([name, entry]) => `${key(name)}: ${literal(entry, depth + 1)}`),
		'}',
	);
}

function sourceOf(className, { description: { inputs, outputs, ...rest }, webhookMethods }) {
	const connections = (list) => `[${list.map(() => 'NodeConnectionTypes.Main').join(', ')}]`;
	const members = [
		...Object.entries(rest).map(([name, value]) => `${name}: ${literal(value)}`),
		`inputs: ${connections(inputs)}`,
		`outputs: ${connections(outputs)}`,
	];
	return `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

export class ${className} implements INodeType {
	description: INodeTypeDescription = {
${members.map((member) => `\t\t${member},\n`).join('')}\t};
${webhookMethods ? `\n\twebhookMethods = ${literal(webhookMethods)};\n` : ''}}
`;
}

/** Writes a temporary package with the descriptions as literals, and returns its folder. */
function writeOut() {
	const scratch = mkdtempSync(path.join(tmpdir(), 'crm-pack-lint-'));
	for (const name of ['package.json', 'tsconfig.json', 'credentials'])
		cpSync(path.join(root, name), path.join(scratch, name), { recursive: true });
	symlinkSync(path.join(root, 'node_modules'), path.join(scratch, 'node_modules'));
	for (const file of manifest.n8n.nodes) {
		const className = path.basename(file, '.node.js');
		const folder = path.join(scratch, path.dirname(file).replace(/^dist./, ''));
		const built = path.join(root, path.dirname(file));
		mkdirSync(folder, { recursive: true });
		for (const asset of readdirSync(built).filter((name) => /\.(svg|node\.json)$/.test(name)))
			cpSync(path.join(built, asset), path.join(folder, asset));
		writeFileSync(
			path.join(folder, `${className}.node.ts`),
			sourceOf(className, new (require(path.join(root, file))[className])()),
		);
	}
	return scratch;
}

/**
 * n8n's rule for the case of actions would require "whats app". `test/description/forms.test.ts` has a rule that knows
 * names.
 */
const brands = {
	files: ['nodes/**/*.ts'],
	rules: { 'n8n-nodes-base/node-param-operation-option-action-miscased': 'off' },
};

async function lint(cwd, patterns) {
	const eslint = new ESLint({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: [...n8nRules, brands],
		errorOnUnmatchedPattern: true,
		ignore: false,
	});
	return await eslint.lintFiles(patterns);
}

const scratch = writeOut();
try {
	const results = [
		...(await lint(scratch, ['nodes/**/*.node.ts'])),
		...(await lint(root, ['dist/**/*.js', 'package.json'])),
	];
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map(({ severity, line, ruleId, message }) => ({
			error: severity === 2,
			text: `${severity === 2 ? 'error' : 'warning'} ${path.relative(filePath.startsWith(scratch) ? scratch : root, filePath)}:${line} ${ruleId ?? ''} ${message}`,
		})),
	);
	const errors = findings.filter(({ error }) => error).length;
	console.log([...findings.map(({ text }) => text), `${results.length} files, ${errors} errors`].join('\n'));
	process.exitCode = errors > 0 ? 1 : 0;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
