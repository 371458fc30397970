/**
 * Measures the pack beside what people use in its place, and prints ratios. With --json one document; with --write the
 * tables go into docs/benchmarks.md as well. It takes about six minutes. With --shares it is only
 * about what several share, a key or a server, with --overhead about the own work of the executor, and with
 * --concurrency about automatic concurrency, in 8 runs each.
 */
import { bulkResults } from './bulk';
import { concurrencySections } from './concurrency';
import { deliveryResults } from './deliveries';
import { print, writeResults, type Section } from './document';
import { bulk, listing, startup } from './footprint';
import { executorOverhead, totalCost } from './overhead';
import { parallelSection } from './parallel';
import { rateResults } from './rateLimit';
import { secondClientSection } from './secondClient';
import { shareSection } from './share';

const say = (text: string) => process.stderr.write(`${text}\n`);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

async function measure() {
	say('Cost of an item ...');
	const own = await overhead();
	const total = await totalCost();
	say('Rate limit, at a tenth of the time ...');
	const rate = await rateResults();
	say('Bulk requests, at a tenth of the time ...');
	const together = await bulkResults();
	say('Deliveries ...');
	const delivered = await deliveryResults();
	say('Start-up, long lists and items that wait ...');
	const list = await listing();
	const waiting = [];
	for (const goesOn of [true, false])
		for (const count of [1_000, 10_000])
			waiting.push({ mode: goesOn ? 'continue' : 'stop', count, ...(await bulk(count, goesOn)) });
	return { ...own, total, rate, together, delivered, startup: startup(), listing: list, waiting };
}

/** The executor alone: in all, and without what an item costs to be sent once after a crash, too. */
async function overhead() {
	return { overhead: await executorOverhead(), withoutCrashSafe: await executorOverhead({ crashSafe: false }) };
}

function overheadSection(measured: Awaited<ReturnType<typeof overhead>>): Section {
	const row = (title: string, { medianMs, quickestMs }: typeof measured.overhead, bar: string) => [
		title,
		medianMs.toFixed(4),
		quickestMs.toFixed(4),
		bar,
	];
	return {
		title: 'Own work of the executor',
		head: ['', 'Median round', 'Quickest round', 'Bar'],
		rows: [
			row('ms an item, without parameter reads and HTTP', measured.overhead, '0.05'),
			row("the same with 'Crash Safe' off", measured.withoutCrashSafe, ''),
		],
	};
}

function sections(measured: Awaited<ReturnType<typeof measure>>): Section[] {
	const { total, rate, together, delivered, startup: start, listing: list, waiting } = measured;
	return [
		{
			title: "1,000 items with 8 fields, local server, in n8n's engine",
			head: [
				'Server answers after',
				'Parameters',
				'Bare loop, one by one (ms an item)',
				'This pack, 8 in flight (ms an item)',
				'Ratio',
			],
			rows: total.map(({ latencyMs, parameters, bareMs, packMs, ratio }) => [
				`${latencyMs} ms`,
				parameters,
				bareMs.toFixed(2),
				packMs.toFixed(2),
				ratio.toFixed(2),
			]),
		},
		overheadSection(measured),
		{
			title: '1,000 items at 25 per 5 s, answers in 120 to 280 ms',
			head: ['Strategy', 'Window of the vendor', 'Delivered', 'Refused by the vendor', 'Share of the allowed rate'],
			rows: rate.map(({ strategy, window, delivered, rejected, share }) => [
				strategy,
				window,
				String(delivered),
				`${rejected} (${percent(rejected / (delivered + rejected))})`,
				delivered < rejected ? 'most are lost' : percent(share),
			]),
		},
		{
			title: '1,000 leads of LeadSquared, 3 % of them refused: in bulk and one by one',
			head: [
				'Limits',
				'Calls',
				'Refused by the limit',
				'Created',
				'Failed items',
				'In bulk',
				'One by one',
				'Times as fast',
			],
			rows: together.map(({ plan, calls, rejected, created, failed, bulkMs, singleMs, ratio }) => [
				plan,
				String(calls),
				String(rejected),
				String(created),
				String(failed),
				`${(bulkMs / 100).toFixed(1)} s`,
				`${(singleMs / 100).toFixed(0)} s`,
				ratio.toFixed(1),
			]),
		},
		{
			title: 'Deliveries of 5 kB to a trigger, signature checked, without n8n',
			head: ['', 'ms a delivery', 'Bar'],
			rows: [
				['this pack: signature, JSON, event, filters, duplicates', delivered.packMs.toFixed(3), '0.2'],
				['signature and JSON alone, as a Code node would do it', delivered.bareMs.toFixed(3), ''],
			],
		},
		{
			title: 'Footprint',
			head: ['', 'Measured'],
			rows: [
				['loading four nodes and four credentials', `${start.loadMs.toFixed(0)} ms`],
				['heap that they keep', `${start.heapMb.toFixed(1)} MB`],
				['Return All over 20,000 records, own work', `${list.msPerRecord.toFixed(4)} ms a record`],
				[
					'peak heap, over the memory of the records themselves',
					`${list.peakHeapMb.toFixed(1)} MB, ${(list.peakHeapMb / list.recordsMb).toFixed(2)} times`,
				],
			],
		},
		{
			title: 'New leads in bulk requests of 50, 4 at a time',
			head: ['Items', 'On error', 'Heap of the items that wait', 'Peak heap, output included'],
			rows: waiting.map(({ mode, count, waitingMb, peakMb }) => [
				String(count),
				mode,
				`${waitingMb.toFixed(1)} MB`,
				`${peakMb.toFixed(1)} MB`,
			]),
		},
	];
}

async function concurrency(runs: number): Promise<Section[]> {
	say('Automatic concurrency, in a time that passes at once and in real time ...');
	return [await parallelSection(), ...(await concurrencySections(runs))];
}

async function main(): Promise<void> {
	const flags = ['--json', '--write', '--shares', '--overhead', '--concurrency'];
	const [isJson, isWritten, isAboutShares, isOverhead, isConcurrency] = flags.map((flag) =>
		process.argv.includes(flag),
	);
	if (isConcurrency) {
		const sections = await concurrency(8);
		if (isWritten) writeResults('results of concurrency', sections);
		return isJson ? console.log(JSON.stringify(sections, null, 2)) : print(sections);
	}
	if (isOverhead)
		return isJson ? console.log(JSON.stringify(await overhead(), null, 2)) : print([overheadSection(await overhead())]);
	const measured = isAboutShares ? undefined : await measure();
	say('Processes that share a key, in a time that passes at once ...');
	const simulated = [await shareSection(), await secondClientSection()];
	if (isJson) return console.log(JSON.stringify({ ...measured, simulated }, null, 2));
	const others = measured ? sections(measured) : [];
	const parallel = measured ? await concurrency(2) : [];
	print([...others, ...parallel, ...simulated]);
	if (isWritten && measured) writeResults('results', others);
	if (isWritten) writeResults('results of shares', simulated);
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
