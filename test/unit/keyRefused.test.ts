import { requestsThrough, sendWithRetries } from '../../nodes/shared/http/request';
import { played, type Play } from '../support/played';
import { after, fakeClock, fine, inSeconds, read, write } from '../support/requests';

fakeClock();

describe('a 401', () => {
	const keyRefused: Play = { status: 401, body: { message: 'Unauthorized' } };
	const withKey =
		'The same key worked earlier in this run. Syncro Chat may be restarting, or the key may have been revoked. This request changed nothing. Run it again later.';

	test('for a key that never worked in the run fails immediately, without the hint', async () => {
		const { connection, starts } = await played([keyRefused]);

		const { failure } = await after(sendWithRetries(connection, write));

		expect(starts).toHaveLength(1);
		expect(failure).toMatchObject({ message: 'Syncro Chat refused the request: Unauthorized', httpCode: 401 });
		expect(failure?.description).not.toContain('worked earlier');
	});

	test.each([
		['read', read],
		['write', write],
	])('for a key that worked before is retried like a lost connection, for a %s too', async (_name, call) => {
		const { connection, starts } = await played([fine, keyRefused, keyRefused, fine]);
		await after(sendWithRetries(connection, read));

		const { value } = await after(sendWithRetries(connection, call));

		expect(inSeconds(starts)).toEqual([0, 0, 1, 3]);
		expect(value).toMatchObject({ response: { body: { task: { id: 1 } } } });
		expect(connection.stats.retries).toEqual({ keyRefused: 2 });
	});

	test('that stays is reported with the hint, is not in doubt, and leaves later requests one try each', async () => {
		const { connection, starts } = await played([fine, keyRefused]);
		await after(sendWithRetries(connection, read));
		const { send, trail } = requestsThrough(connection);

		const { failure } = await after(send(write));
		const tries = starts.length - 1;
		const next = await after(sendWithRetries(connection, write));

		expect([tries, starts.length - 1 - tries]).toEqual([5, 1]);
		expect(failure).toMatchObject({
			message: 'Syncro Chat refused the request: Unauthorized (5 tries)',
			httpCode: 401,
		});
		expect(failure?.description?.startsWith(withKey)).toBe(true);
		expect([failure?.mayHaveBeenApplied, trail.wrote]).toEqual([undefined, false]);
		expect(next.failure?.message).toBe('Syncro Chat refused the request: Unauthorized');
		expect(next.failure?.description?.startsWith(withKey)).toBe(true);
	});

	test('is retried again after the key worked again', async () => {
		const { connection, starts } = await played([fine, ...Array<Play>(5).fill(keyRefused), fine, keyRefused, fine]);
		for (let request = 0; request < 3; request += 1) await after(sendWithRetries(connection, read));

		const { value } = await after(sendWithRetries(connection, write));

		expect(value).toBeDefined();
		expect(starts).toHaveLength(9);
	});

	test('counts only for the address of the request, because a key may be valid for one account only', async () => {
		const { connection, starts } = await played([fine, keyRefused]);
		await after(sendWithRetries(connection, read));

		await after(sendWithRetries({ ...connection, root: `${connection.root}/accounts/2` }, read));

		expect(starts).toHaveLength(2);
	});

	test.each([403, 404, 422])('is not a %i, which stays a refusal', async (status) => {
		const { connection, starts } = await played([fine, { status, body: { message: 'No' } }]);
		await after(sendWithRetries(connection, read));

		await after(sendWithRetries(connection, read));

		expect(starts).toHaveLength(2);
	});
});
