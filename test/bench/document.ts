import Table from 'cli-table3';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DOCUMENT = path.join(__dirname, '..', '..', 'docs', 'benchmarks.md');

/** A section of results: a title, the head of a table, and its rows. */
export interface Section {
	title: string;
	head: string[];
	rows: string[][];
}

function asMarkdown({ title, head, rows }: Section): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

export function print(sections: readonly Section[]): void {
	for (const { title, head, rows } of sections) {
		const table = new Table({ head, style: { head: [], border: [] } });
		table.push(...rows);
		console.log(`\n${title}\n${table.toString()}`);
	}
}

/** Puts results between the two marks of that name on the page about benchmarks. */
export function writeResults(mark: string, results: Section[]): void {
	const page = readFileSync(DOCUMENT, 'utf8');
	const [open, close] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
	if (!page.includes(open) || !page.includes(close)) throw new Error(`docs/benchmarks.md has no place for '${mark}'`);
	const [before, after] = [page.slice(0, page.indexOf(open)), page.slice(page.indexOf(close))];
	writeFileSync(DOCUMENT, `${before}${open}\n\n${results.map(asMarkdown).join('\n')}\n${after}`);
}
