import { clock } from './clock';
import { sleep } from './sleep';

/** Lets other work of the process have its turn when it is time. */
export type YieldToEventLoop = () => Promise<void> | undefined;

/** Longest work in one go, in milliseconds: n8n serves its editor, webhooks and health checks in the same process. */
const MAX_STRETCH_MS = 20;

/** A breather for one run of a node. */
export function eventLoopYielder(): YieldToEventLoop {
	let since = clock();
	return () => {
		if (clock() - since < MAX_STRETCH_MS) return undefined;
		return sleep(0).then(() => {
			since = clock();
		});
	};
}
