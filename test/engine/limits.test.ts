import { quickTime } from '../support/quickTime';
import { Bench } from '../support/run';
import { appointment, createTask } from './forms';

const bench = new Bench();
quickTime(5);

const exceeded = (limit: string) => ({
	Status: 'Error',
	ExceptionType: 'MXAPIRateLimitExceededException',
	ExceptionMessage: `API calls exceeded the limit of ${limit}`,
});

test.each([429, 403, 200])(
	'a day whose calls are used up, told with status %p, is neither waited for nor tried again, and is no doubt about what was done',
	async (status) => {
		bench.sandbox.vendors.leadSquared.faults.add({
			kind: 'answer',
			reply: { status, body: exceeded('10000 in 1 day(s)') },
		});

		const { error } = await bench.run('leadSquared', appointment);

		expect(bench.sandbox.vendors.leadSquared.requests).toHaveLength(1);
		expect(error).toMatchObject({
			message: 'LeadSquared refused the request: API calls exceeded the limit of 10000 in 1 day(s)',
			description: expect.stringContaining('daily request limit'),
		});
		expect(error?.context.data).not.toHaveProperty('mayHaveBeenApplied');
	},
);

test('wrong keys are said to be wrong, and not the rights of their user', async () => {
	const { error } = await bench.run('leadSquared', appointment, { credential: { secretKey: 'another' } });

	expect(error).toMatchObject({
		httpCode: '401',
		description: expect.stringMatching(/^The access key or secret key is wrong/),
	});
});

test('a limit that the server publishes in its headers counts in place of that of the credential, and is named in a hint', async () => {
	const told = { 'ratelimit-policy': '"default";q=2;w=1' };
	const { faults, requests } = bench.sandbox.vendors.syncroChat;
	faults.add({ kind: 'answerAfter', reply: { status: 201, body: { success: true, task: { id: 1 } }, headers: told } });

	const { items, hints } = await bench.run(
		'syncroChat',
		{ ...createTask, options: { requestsInParallel: 1 } },
		{ items: [{}, {}, {}, {}, {}] },
	);

	expect(items).toHaveLength(5);
	expect(requests[2].at - requests[0].at).toBeGreaterThanOrEqual(1_000);
	expect(hints).toEqual([
		expect.stringMatching(
			/^Requests waited \d+ s in total for a free slot: Syncro Chat reports that it allows 2 per 1 s\./,
		),
	]);
});
