import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installLocked } from '../support/installLocked';

let root: string;
let locked: string;
const cache = () => path.join(root, 'cache', 'n8n-nodes-crm-pack');
const install = (finish?: Parameters<typeof installLocked>[2]) => installLocked(locked, 'thing', finish);

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'install-locked-'));
	locked = path.join(root, 'locked');
	mkdirSync(locked);
	writeFileSync(path.join(locked, 'package.json'), '{"name":"thing","version":"1.0.0"}');
	writeFileSync(
		path.join(locked, 'package-lock.json'),
		'{"name":"thing","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"thing","version":"1.0.0"}}}',
	);
	// An npm that installs nothing: what is tested is where the result goes.
	writeFileSync(path.join(root, 'npm'), '#!/bin/sh\n', { mode: 0o755 });
	jest.replaceProperty(process, 'env', {
		...process.env,
		XDG_CACHE_HOME: path.join(root, 'cache'),
		PATH: `${root}:${process.env.PATH}`,
	});
	jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('two installations at the same time leave one that is complete, and both find it', () => {
	let inner = '';
	// The second begins and ends while the first is at its last step.
	const outer = install((draft) => {
		writeFileSync(path.join(draft, 'made-by'), 'the first');
		inner = install((other) => writeFileSync(path.join(other, 'made-by'), 'the second'));
	});

	expect(outer).toBe(inner);
	expect(readdirSync(cache())).toEqual([path.basename(inner)]);
	expect(existsSync(path.join(inner, '.complete'))).toBe(true);
	expect(existsSync(path.join(inner, 'made-by'))).toBe(true);
});

test('a second call installs nothing', () => {
	const finish = jest.fn();

	expect(install(finish)).toBe(install(finish));
	expect(finish).toHaveBeenCalledTimes(1);
});

test('an installation that does not work is not kept, and the next call begins anew', () => {
	const broken = () => {
		throw new Error('no database');
	};

	expect(() => install(broken)).toThrow('no database');
	expect(readdirSync(cache()).filter((name) => !name.includes('.draft-'))).toEqual([]);
	expect(existsSync(path.join(install(), '.complete'))).toBe(true);
});

test('a folder without the mark of a complete installation gives way', () => {
	const folder = install();
	rmSync(path.join(folder, '.complete'));
	writeFileSync(path.join(folder, 'half'), '');

	install();

	expect([existsSync(path.join(folder, 'half')), existsSync(path.join(folder, '.complete'))]).toEqual([false, true]);
});

test('the draft of a process that is gone is removed, and that of one that runs stays', () => {
	const folder = install();
	rmSync(path.join(folder, '.complete'));
	const drafts = [`${folder}.draft-999999999-x`, `${folder}.draft-${process.ppid}-x`];
	drafts.forEach((draft) => mkdirSync(draft));

	install();

	expect(drafts.map((draft) => existsSync(draft))).toEqual([false, true]);
});
