/** Prints how much of each vendor's contract the pack offers, and what it leaves out and why; --json for one document. */
import Table from 'cli-table3';
import { coverage } from './coverage';

const all = coverage();
if (process.argv.includes('--json')) {
	console.log(JSON.stringify(all, null, 2));
} else {
	const table = new Table({
		head: ['CRM', 'In the contract', 'Documented', 'Offered or used', 'Share'],
		style: { head: [], border: [] },
	});
	for (const { name, inContract, documented, covered } of all)
		table.push([name, inContract, documented, covered, `${Math.round((100 * covered) / documented)} %`]);
	console.log(table.toString());
	for (const { name, leftOut } of all) {
		const byReason = new Map<string, string[]>();
		for (const { operation, reason } of leftOut) byReason.set(reason, [...(byReason.get(reason) ?? []), operation]);
		for (const [reason, names] of byReason) console.log(`${name}: ${reason}: ${names.join(', ')}`);
	}
}
