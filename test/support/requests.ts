import type { FailureError } from '../../nodes/shared/base/failure';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import type { Play } from './played';

export const read: ApiRequest = { method: 'GET', effect: 'reads', path: '/tasks', query: {} };
export const write: ApiRequest = {
	method: 'POST',
	effect: 'writes',
	path: '/tasks',
	query: {},
	body: { subject: 'x' },
};
export const fine: Play = { status: 200, body: { task: { id: 1 } } };

/** Gives each test of a file a fake clock that begins at 0, and pauses without chance in them. */
export function fakeClock(): void {
	beforeEach(() => {
		jest.useFakeTimers({ now: 0 });
		jest.spyOn(Math, 'random').mockReturnValue(1);
	});
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});
}

/** Who waits for a slot starts no more than one turn of the clock after it was free. */
export const inSeconds = (moments: readonly number[]) => moments.map((ms) => Math.round(ms / 1_000));

/** What became of work, after as much fake time as it wants. */
export async function after<Result>(
	work: Promise<Result>,
): Promise<{ value?: Result; error?: Error; failure?: FailureError['failure'] }> {
	const end = work.then(
		(value) => ({ value }),
		(error: Error) => ({ error, failure: (error as Partial<FailureError>).failure }),
	);
	await jest.runAllTimersAsync();
	return await end;
}
