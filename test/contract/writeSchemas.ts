/** Writes the output previews of all operations and triggers, and removes those of operations that are gone. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { triggers } from '../support/triggers';
import { documentedOperations, vendors } from '../support/vendors';
import { outputSchema, schemaFile, triggerSchema, triggerSchemaFile } from './outputSchema';

const root = path.join(__dirname, '..', '..');
// All first, so that a descriptor with a mistake does not take the previews of the others with it.
const previews = [
	...documentedOperations.map((place) => ({ file: path.join(root, schemaFile(place)), schema: outputSchema(place) })),
	...triggers.map((parts) => ({ file: path.join(root, triggerSchemaFile(parts)), schema: triggerSchema(parts) })),
];
for (const { folder } of vendors)
	rmSync(path.join(root, 'nodes', folder, '__schema__'), { recursive: true, force: true });
for (const { file, schema } of previews) {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
}
console.log(`${previews.length} previews written`);
