import { countLockedRecords, RecordLocks, recordName } from '../../nodes/shared/http/limiter';
import { requestsThrough } from '../../nodes/shared/http/request';
import { played } from '../support/played';
import { after, fakeClock, fine, read, write } from '../support/requests';

fakeClock();

describe('the requests of one item', () => {
	test('return the body of a response, and record whether something was written', async () => {
		const { connection } = await played([fine]);
		const { send, trail } = requestsThrough(connection);

		const { value } = await after(send(read));
		const before = trail.wrote;
		await after(send(write));

		expect([value, before, trail.wrote]).toEqual([{ task: { id: 1 } }, false, true]);
	});

	test('wait for the record in their path while another item has locked it', async () => {
		const { connection, starts } = await played([fine]);
		const [other, own] = [1, 2].map(() => new RecordLocks(connection.account, connection.vendor.name));
		await other.take([[recordName('deals', 7), 'alone']], { signal: connection.signal, maxWaitMs: 1_000 });
		const { send } = requestsThrough(connection, own);

		const asked = send({ ...write, path: '/deals/7/products' });
		await jest.advanceTimersByTimeAsync(500);
		const before = starts.length;
		other.release();
		const { error } = await after(asked);
		own.release();

		expect([before, error, starts.length, countLockedRecords()]).toEqual([0, undefined, 1, 0]);
	});

	test('stop with the node while they only read', async () => {
		const { connection, starts } = await played([fine]);
		const { send } = requestsThrough(connection);
		await after(send(read));

		connection.halt();

		expect((await after(send(write))).error?.name).toBe('AbortError');
		expect(starts).toHaveLength(1);
	});

	test('continue after a write, and stop when the user stops', async () => {
		const stop = new AbortController();
		const { connection, starts } = await played([fine], { stopped: stop.signal });
		const { send } = requestsThrough(connection);
		await after(send(write));

		connection.halt();
		const second = await after(send(write));
		stop.abort(new Error('stopped'));
		const third = await after(send(write));

		expect([second.error, third.error?.message, starts.length]).toEqual([undefined, 'stopped', 2]);
	});

	test('continue in a drop-down too, which cannot be stopped', async () => {
		const { connection } = await played([fine]);
		const { send } = requestsThrough(connection);
		await after(send(write));

		connection.halt();

		expect((await after(send(write))).value).toEqual({ task: { id: 1 } });
	});
});
