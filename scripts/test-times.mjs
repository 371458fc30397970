/**
 * Writes how long the test files of a run took, by which the suite is dealt to its groups.
 *
 * `npm test -- --json --outputFile=report.json`, then `node scripts/test-times.mjs report.json`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const page = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'test', 'suite', 'times.json');
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const seconds = {};
for (const { assertionResults } of report.testResults)
	for (const { ancestorTitles, duration } of assertionResults)
		if (/^\w+\/\w+$/.test(ancestorTitles[0] ?? ''))
			seconds[ancestorTitles[0]] = (seconds[ancestorTitles[0]] ?? 0) + duration / 1000;
const rows = Object.entries(seconds).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(
	page,
	`${JSON.stringify(Object.fromEntries(rows.map(([file, time]) => [file, Number(time.toFixed(1))])), null, '\t')}\n`,
);
