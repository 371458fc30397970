import type { SendRequest } from '../http/apiRequest';
import type { Connection } from '../http/connection';

/** Returns the loader for the account of a connection; undefined if there is nothing to load. */
export type OncePerAccount<Result> = (connection: Connection) => ((send: SendRequest) => Promise<Result>) | undefined;

/**
 * Loads something once per execution and account, with the first item that needs it. If loading fails, only the items that
 * waited for it fail.
 */
export function oncePerAccount<Result>(
	load: ((send: SendRequest) => Promise<Result>) | undefined,
): OncePerAccount<Result> {
	const loading = new Map<string, Promise<Result>>();
	return ({ account }) => {
		if (!load) return undefined;
		const start = (send: SendRequest) => {
			const loaded = load(send);
			loading.set(account, loaded);
			loaded.catch(() => loading.delete(account));
			return loaded;
		};
		return async (send) => await (loading.get(account) ?? start(send));
	};
}
