import { readdirSync } from 'node:fs';
import path from 'node:path';
import times from './times.json';

/** Groups of the whole suite, which run side by side. */
const SUITE_GROUPS = 6;

/** Folders of the suite, and those that need neither the build nor n8n's engine. */
const SUITE = ['contract', 'description', 'engine', 'sandbox', 'trigger', 'unit'];
const FAST = ['contract', 'description', 'unit'];
const FAST_GROUPS = 2;

/** Files of the fast folders that read the build, and seconds from which a file is left to the whole suite. */
const NEEDS_BUILD = new Set(['description/package']);
const SLOW = 8;

/** Seconds of a file that nobody has measured yet. */
const UNKNOWN = 2;

const secondsOf = (file: string): number => (times as Record<string, number>)[file] ?? UNKNOWN;

/** The test files of some folders without their ending, such as `unit/redact`. */
const filesOf = (folders: readonly string[]): string[] =>
	folders.flatMap((folder) =>
		readdirSync(path.join(__dirname, '..', folder))
			.filter((name) => name.endsWith('.test.ts'))
			.map((name) => `${folder}/${name.replace('.test.ts', '')}`)
			.sort(),
	);

/** Deals files to groups that take about the same time: the longest file first, each to the group with the least so far. */
function deal(files: readonly string[], count: number): string[][] {
	const groups = Array.from({ length: count }, () => ({ files: [] as string[], seconds: 0 }));
	for (const file of [...files].sort((one, other) => secondsOf(other) - secondsOf(one))) {
		const group = groups.reduce((least, other) => (other.seconds < least.seconds ? other : least));
		group.files.push(file);
		group.seconds += secondsOf(file);
	}
	return groups.map((group) => group.files);
}

/**
 * Runs test files as one file, each as a group of its own name.
 * Jest loads n8n anew for each file, which takes longer than most files' tests.
 */
function together(files: readonly string[]): void {
	for (const file of files) {
		describe(file, () => {
			// Within the group and at once, so that what the file sets up is the group's; an import would come too late.
			jest.requireActual(path.join(__dirname, '..', `${file}.test.ts`));
		});
	}
}

/** Runs a group of the whole suite. @param number from 1 */
export const suiteGroup = (number: number): void => together(deal(filesOf(SUITE), SUITE_GROUPS)[number - 1]);

/** Runs a group of the quick tests that need neither the build nor n8n's engine. @param number from 1 */
export const fastGroup = (number: number): void =>
	together(
		deal(
			filesOf(FAST).filter((file) => secondsOf(file) < SLOW && !NEEDS_BUILD.has(file)),
			FAST_GROUPS,
		)[number - 1],
	);
