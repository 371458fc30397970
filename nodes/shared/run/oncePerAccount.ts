import type { SendRequest } from '../http/apiRequest';
import type { Connection } from '../http/connection';

/** Gives what a connection's account has to be asked for; nothing where there is nothing to ask. */
export type OncePerAccount<Result> = (connection: Connection) => ((send: SendRequest) => Promise<Result>) | undefined;

/**
 * Gives what is asked once in an execution for each account, with the first item that wants it. A failure is that of the
 * items which waited for it.
 */
export function oncePerAccount<Result>(
	load: ((send: SendRequest) => Promise<Result>) | undefined,
): OncePerAccount<Result> {
	const kept = new Map<string, Promise<Result>>();
	return ({ account }) => {
		if (!load) return undefined;
		const start = (send: SendRequest) => {
			const asked = load(send);
			kept.set(account, asked);
			asked.catch(() => kept.delete(account));
			return asked;
		};
		return async (send) => await (kept.get(account) ?? start(send));
	};
}
