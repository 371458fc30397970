import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Runs a share of a folder's test files as one file, each as a group of its own name.
 * Jest loads n8n anew for each file, which took longer than most files' tests.
 *
 * @param share which one, from 1
 */
export function together(folder: string, share: number, shares: number): void {
	const there = path.join(__dirname, '..', folder);
	const files = readdirSync(there).filter((name) => name.endsWith('.test.ts'));
	for (const name of files.sort().filter((_, index) => index % shares === share - 1)) {
		describe(name.replace('.test.ts', ''), () => {
			// Within the group and at once, so that what the file sets up is the group's; an import would come too late.
			jest.requireActual(path.join(there, name));
		});
	}
}
