import type { Ask } from '../http/call';
import type { Connection } from '../http/connection';

/** Gives what a connection's account has to be asked for; nothing where there is nothing to ask. */
export type AskedOnce<Result> = (connection: Connection) => ((ask: Ask) => Promise<Result>) | undefined;

/**
 * Gives what is asked once in an execution for each account, with the first item that wants it. A failure is that of the
 * items which waited for it.
 */
export function askedOncePerAccount<Result>(load: ((ask: Ask) => Promise<Result>) | undefined): AskedOnce<Result> {
	const kept = new Map<string, Promise<Result>>();
	return ({ account }) => {
		if (!load) return undefined;
		const start = (ask: Ask) => {
			const asked = load(ask);
			kept.set(account, asked);
			asked.catch(() => kept.delete(account));
			return asked;
		};
		return async (ask) => await (kept.get(account) ?? start(ask));
	};
}
