/** Writes the pages about the vendors' operations. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vendors } from '../support/vendors';
import { operationsPage, operationsPageFile } from './operationsPage';

const root = path.join(__dirname, '..', '..');
mkdirSync(path.join(root, 'docs', 'operations'), { recursive: true });
for (const parts of vendors) writeFileSync(path.join(root, operationsPageFile(parts)), operationsPage(parts));
console.log(`${vendors.length} pages written`);
