import type { Converter, Operation } from '../form/operation';
import type { Ask } from '../http/call';

/** Gives the converter of an execution, asked for with the first item that wants it; a failure is that of the items which waited for it. */
export function converterOnce({ converter: load }: Operation): ((ask: Ask) => Promise<Converter>) | undefined {
	if (!load) return undefined;
	let kept: Promise<Converter> | undefined;
	const start = (ask: Ask) => {
		const asked = load(ask);
		asked.catch(() => (kept = undefined));
		return asked;
	};
	return async (ask) => await (kept ??= start(ask));
}
