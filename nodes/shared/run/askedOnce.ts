import type { Ask } from '../http/call';

/** Gives what is asked of the vendor once in an execution, with the first item that wants it; a failure is that of the items which waited for it. */
export function askedOnce<Result>(load: ((ask: Ask) => Promise<Result>) | undefined): ((ask: Ask) => Promise<Result>) | undefined {
	if (!load) return undefined;
	let kept: Promise<Result> | undefined;
	const start = (ask: Ask) => {
		const asked = load(ask);
		asked.catch(() => (kept = undefined));
		return asked;
	};
	return async (ask) => await (kept ??= start(ask));
}
