/** Runs the property tests with 36 times the rounds of the suite: about 80,000 in all. */
import { spawnSync } from 'node:child_process';

const tests = [
	'engine/fuzz',
	'engine/anyPair',
	'engine/bulk.test',
	'hostileVendor',
	'bulkFaults',
	'faultMatrix',
	'pollingProperty',
	'pollingStrange',
	'onceProperties',
	'onceMany',
];
const { status } = spawnSync('npx', ['jest', ...tests, '--testTimeout=600000', ...process.argv.slice(2)], {
	stdio: 'inherit',
	env: { ...process.env, FUZZ_FACTOR: '36' },
	shell: process.platform === 'win32',
});
process.exit(status ?? 1);
