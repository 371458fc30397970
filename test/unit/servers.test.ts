import { Servers } from '../../nodes/shared/run/servers';
import type { AdaptiveConcurrency } from '../../nodes/shared/http/limiter';

const tempo = (parallel: number) => ({ parallel }) as AdaptiveConcurrency;

/** Work that lasts until it is told to end. */
function openWork() {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const work = (name: string) => async () => {
		begun.push(name);
		await new Promise<void>((resolve) => ends.set(name, resolve));
	};
	const end = async (name: string) => {
		ends.get(name)!();
		await settled();
	};
	return { begun, work, end };
}
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

test('one server is left to its own number, which may change', () => {
	const only = tempo(4);
	const servers = new Servers([only, only]);
	expect(servers.parallel).toBe(4);

	only.parallel = 7;
	expect(servers.parallel).toBe(7);
});

test('one server holds nothing back', async () => {
	const { begun, work } = openWork();
	const only = tempo(1);
	const servers = new Servers([only]);

	for (const name of ['1', '2', '3']) void servers.within(only, work(name));
	await settled();

	expect(begun).toEqual(['1', '2', '3']);
});

test('each of several servers works on as many as it takes, and a full one does not hold up the other', async () => {
	const { begun, work, end } = openWork();
	const [slow, quick] = [tempo(1), tempo(2)];
	const servers = new Servers([slow, quick]);

	for (const name of ['s1', 's2', 's3']) void servers.within(slow, work(name));
	for (const name of ['q1', 'q2', 'q3']) void servers.within(quick, work(name));
	await settled();
	expect(begun).toEqual(['s1', 'q1', 'q2']);
	expect(servers.parallel).toBe(3 + 3);

	await end('q1');
	expect(begun.slice(3)).toEqual(['q3']);
	await end('s1');
	expect(begun.slice(4)).toEqual(['s2']);
	expect(servers.parallel).toBe(3 + 1);
});

test('a server that takes more now begins all that fits, in order', async () => {
	const { begun, work, end } = openWork();
	const [growing, other] = [tempo(1), tempo(1)];
	const servers = new Servers([growing, other]);
	for (const name of ['1', '2', '3', '4']) void servers.within(growing, work(name));

	growing.parallel = 3;
	await end('1');

	expect(begun).toEqual(['1', '2', '3', '4']);
});

test('work that fails gives its place back, and its error to whoever asked', async () => {
	const [one, other] = [tempo(1), tempo(1)];
	const servers = new Servers([one, other]);
	const failing = servers.within(one, async () => await Promise.reject(new Error('broken')));
	const after = servers.within(one, async () => 'done');

	await expect(failing).rejects.toThrow('broken');
	expect(await after).toBe('done');
});

test('many servers together get no more than 32, and no more than 64 wait', async () => {
	const { begun, work } = openWork();
	const tempos = Array.from({ length: 50 }, () => tempo(4));
	const servers = new Servers(tempos);
	expect(servers.parallel).toBe(32);

	for (const [index, one] of tempos.entries())
		for (let turn = 0; turn < 3; turn += 1) void servers.within(one, work(`${index} ${turn}`));
	await settled();

	expect(begun).toHaveLength(32);
	expect(servers.parallel).toBe(32 + 64);
});

test('a run without a usable credential has work for its items all the same', () => {
	expect(new Servers([]).parallel).toBeGreaterThan(0);
});
