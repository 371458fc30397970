import { clock } from './clock';
import { sleep } from './sleep';

/** Yields to the event loop if the current work has taken too long. */
export type YieldToEventLoop = () => Promise<void> | undefined;

/**
 * Maximum time without a yield, in milliseconds. n8n serves its editor, webhooks and health checks in the same process.
 */
const MAX_STRETCH_MS = 20;

/** Creates the yield function of one run of a node. */
export function eventLoopYielder(): YieldToEventLoop {
	let since = clock();
	return () => {
		if (clock() - since < MAX_STRETCH_MS) return undefined;
		return sleep(0).then(() => {
			since = clock();
		});
	};
}
