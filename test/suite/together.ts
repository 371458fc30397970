import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The test files of some folders, by their place in `test`. */
const filesOf = (folders: readonly string[]) =>
	folders.flatMap((folder) =>
		readdirSync(path.join(__dirname, '..', folder))
			.filter((name) => name.endsWith('.test.ts'))
			.sort()
			.map((name) => path.join(folder, name)),
	);

/**
 * Runs a share of the test files of some folders as one file, each as a group of its own name.
 * Jest loads n8n anew for each file, which took longer than most files' tests.
 *
 * @param share which one, from 1
 */
export function together(folders: readonly string[], share = 1, shares = 1): void {
	for (const file of filesOf(folders).filter((_, index) => index % shares === share - 1)) {
		describe(file.replace('.test.ts', ''), () => {
			// Within the group and at once, so that what the file sets up is the group's; an import would come too late.
			jest.requireActual(path.join(__dirname, '..', file));
		});
	}
}
