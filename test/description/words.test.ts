import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** English that is none, or that users do not understand. */
const BANNED = [
	'came about',
	'comes? about',
	'broke off',
	'br(ea|o)ks? off',
	'broken off',
	'came empty',
	'came up',
	'came a second time',
	'would not tell apart',
	'in a form that nobody knows',
	'could not be written down',
	'gave no whole answer',
	'holds no (list|record).*, and got',
].map((phrase) => new RegExp(`\\b${phrase}\\b`, 'i'));

function filesIn(place: string): string[] {
	const whole = path.join(root, place);
	if (!statSync(whole).isDirectory()) return [whole];
	return readdirSync(whole, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(ts|md)$/.test(name))
		.map((name) => path.join(whole, name));
}

test.each(['nodes', 'credentials', 'docs', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'])(
	'%s says nothing in words that are no English',
	(place) => {
		const found = filesIn(place).flatMap((file) =>
			readFileSync(file, 'utf8')
				.split('\n')
				.filter((line) => BANNED.some((phrase) => phrase.test(line)))
				.map((line) => `${path.relative(root, file)}: ${line.trim()}`),
		);

		expect(found).toEqual([]);
	},
);
