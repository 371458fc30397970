/** Writes the output previews of all operations, and removes those of operations that are gone. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { operations, vendors } from '../support/vendors';
import { outputSchema, schemaFile } from './outputSchema';

const root = path.join(__dirname, '..', '..');
for (const { folder } of vendors) rmSync(path.join(root, 'nodes', folder, '__schema__'), { recursive: true, force: true });
for (const place of operations) {
	const file = path.join(root, schemaFile(place));
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(outputSchema(place), null, '\t')}\n`);
}
console.log(`${operations.length} previews written`);
