/** Writes the docs that come from the code: the vendors' operations, the reference of descriptors and the folders. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vendors } from '../support/vendors';
import { descriptorsFile, descriptorsPage } from './descriptorsPage';
import { architectureFile, withFolders } from './foldersDiagram';
import { operationsPage, operationsPageFile } from './operationsPage';

const root = path.join(__dirname, '..', '..');
const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);

mkdirSync(path.join(root, 'docs', 'operations'), { recursive: true });
for (const parts of vendors) write(operationsPageFile(parts), operationsPage(parts));
write(descriptorsFile, descriptorsPage());
write(architectureFile, withFolders(readFileSync(path.join(root, architectureFile), 'utf8')));
console.log(`${vendors.length + 2} pages written`);
