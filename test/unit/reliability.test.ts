import { readFileSync } from 'node:fs';
import path from 'node:path';
import { retryPolicy } from '../../nodes/shared/http/retryPolicy';

test('the page on reliability shows the table that decides', () => {
	const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'reliability.md'), 'utf8');
	const rows = [...page.matchAll(/^\| `(\w+)` \| .* \| (always|safe|never) \| (yes|no) \|$/gm)].map(
		([, outcome, repeat, maybe]) => [outcome, { repeat, mayHaveBeenApplied: maybe === 'yes' }],
	);

	const table = Object.entries(retryPolicy).map(([outcome, { retry, mayHaveBeenApplied }]) => [
		outcome,
		{ repeat: retry, mayHaveBeenApplied },
	]);
	expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(table));
});
