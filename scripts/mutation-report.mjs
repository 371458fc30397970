/** Prints the results of mutation testing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Returns the counts and survivors of a file. The line numbers are those of the measured version. */
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

export function printResult(result) {
	console.log(`\n${tableOf([result])}`);
	for (const { line, mutator, original, replacement, noCoverage } of result.survivors) {
		console.log(
			`${result.file}:${line} ${mutator}${noCoverage ? ' (no coverage)' : ''}\n\t- ${original.replace(/\s+/g, ' ')}\n\t+ ${replacement.replace(/\s+/g, ' ')}`,
		);
	}
}
