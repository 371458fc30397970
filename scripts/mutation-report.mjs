/** What mutation testing found: on the screen, in docs/mutation/<group>.json, and as the page docs/mutation.md. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'docs', 'mutation');

const HEAD = `# Mutation tests

Do the tests notice a mistake? \`npm run mutate -- <files>\` makes small changes (mutants) to a source file, one at a time, and runs the tests that reach them. The unit tests run first. For mutants that survive them, some of the engine or
trigger tests run too (\`scripts/mutation-tests.mjs\`). A mutant is noticed if a test fails or never ends. The tables below list the survivors, each with the reason why it may survive.

\`npm run mutate -- --group <group> <files>\` writes this page from \`docs/mutation/<group>.json\`. People write the reasons there, and a new measurement keeps them. Lines, counts and file names are those
of the measurement, so files that changed since have other lines, and new files are missing.
`;

/** Counts and survivors of one file; the lines are those of the file as it was measured. */
export function resultOf(file, mutants) {
	const source = readFileSync(path.join(root, file), 'utf8').split('\n');
	const count = (status) => mutants.filter((mutant) => mutant.status === status).length;
	const [killed, timedOut, survived, noCoverage] = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(count);
	const survivors = mutants
		.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
		.map(({ location, mutatorName, replacement, status }) => ({
			line: location.start.line,
			mutator: mutatorName,
			original: textAt(source, location),
			replacement,
			...(status === 'NoCoverage' && { noCoverage: true }),
		}));
	return { file, killed, timedOut, survived, noCoverage, survivors };
}

function textAt(source, { start, end }) {
	const lines = source.slice(start.line - 1, end.line);
	lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return lines.join('\n');
}

const score = ({ killed, timedOut, survived, noCoverage }) =>
	(100 * (killed + timedOut)) / Math.max(1, killed + timedOut + survived + noCoverage);
const row = (cells) => `| ${cells.join(' | ')} |`;
const tableOf = (results) =>
	[
		row(['File', 'Killed', 'Timed out', 'Survived', 'No coverage', 'Noticed']),
		'|---|--:|--:|--:|--:|--:|',
		...results.map((result) =>
			row([
				`\`${result.file}\``,
				result.killed,
				result.timedOut,
				result.survived,
				result.noCoverage,
				`${score(result).toFixed(0)} %`,
			]),
		),
	].join('\n');

/** One line of code, short enough for a table. */
function inline(code) {
	const text = code.replace(/\s+/g, ' ').trim();
	return `\`\`${` ${text.length > 70 ? `${text.slice(0, 67)}...` : text} `.replaceAll('|', '\\|')}\`\``;
}

export function printResult(result) {
	console.log(`\n${tableOf([result])}`);
	for (const { line, mutator, original, replacement, noCoverage } of result.survivors) {
		console.log(
			`${result.file}:${line} ${mutator}${noCoverage ? ' (no coverage)' : ''}\n\t- ${original.replace(/\s+/g, ' ')}\n\t+ ${replacement.replace(/\s+/g, ' ')}`,
		);
	}
}

const fileOf = (group) => path.join(folder, `${group}.json`);
const read = (group) => (existsSync(fileOf(group)) ? JSON.parse(readFileSync(fileOf(group), 'utf8')) : []);

/** Puts a file's result into its group; reasons stay with the survivors they were written for. */
export function saveResult(group, result) {
	const known = read(group);
	const reasons = new Map(
		known
			.filter(({ file }) => file === result.file)
			.flatMap(({ survivors }) => survivors.map((survivor) => [keyOf(survivor), survivor.reason])),
	);
	const survivors = result.survivors.map((survivor) => ({ ...survivor, reason: reasons.get(keyOf(survivor)) ?? '' }));
	const results = [...known.filter(({ file }) => file !== result.file), { ...result, survivors }].sort((a, b) =>
		a.file.localeCompare(b.file),
	);
	mkdirSync(folder, { recursive: true });
	writeFileSync(fileOf(group), `${JSON.stringify(results, null, '\t')}\n`);
}

const keyOf = ({ mutator, original, replacement }) => JSON.stringify([mutator, original, replacement]);

function sectionOf(group) {
	const results = read(group);
	const survivors = results.flatMap(({ file, survivors }) =>
		survivors.map((survivor) =>
			row([
				`\`${path.basename(file)}:${survivor.line}\``,
				inline(survivor.original),
				inline(survivor.replacement),
				survivor.reason,
			]),
		),
	);
	const list =
		survivors.length === 0
			? []
			: [[row(['Survivor', 'Code', 'Mutant', 'Why it may survive']), '|---|---|---|---|', ...survivors].join('\n')];
	return [`## ${group}`, tableOf(results), ...list].join('\n\n');
}

/** Writes docs/mutation.md from the results of all groups. */
export function writePage() {
	const groups = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.map((name) => path.basename(name, '.json'))
		.sort();
	writeFileSync(path.join(root, 'docs', 'mutation.md'), `${[HEAD.trimEnd(), ...groups.map(sectionOf)].join('\n\n')}\n`);
}
