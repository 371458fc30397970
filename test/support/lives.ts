import type { ImaginedAnswer, ImaginedRequest } from './imagined';
import type { ProcessedItems } from './processedItems';

/** A promise that nobody keeps: how n8n's memory answers a dead process. */
const never = new Promise<never>(() => undefined);

let lives = 0;

/**
 * A process of n8n that can die between any two of its steps: what it began is left as it is, and it goes no further.
 *
 * n8n's memory is read and written in steps of their own, and so is what the vendor does and answers.
 */
export class Life {
	/** Ends when the process dies. */
	readonly death: Promise<void>;
	private die!: () => void;
	private readonly name = `process ${(lives += 1)}`;

	/** @param steps after which it dies; it lives on without them */
	constructor(private steps = Infinity) {
		this.death = new Promise((resolve) => (this.die = resolve));
	}

	/** One step of the process; gives whether it still lives. */
	private async step(): Promise<boolean> {
		this.steps -= 1;
		if (this.steps < 0) this.die();
		return this.steps >= 0;
	}

	/** What runs in this process has of n8n. What keeps the calls of a process apart dies with it. */
	inIt(memory: ProcessedItems) {
		const guarded =
			<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
			async (...given: Given) => {
				if (!(await this.step())) return await never;
				const result = await call(...given);
				return (await this.step()) ? result : await never;
			};
		return {
			memory: {
				helpers: (workflow: string, node: string) => {
					const { checkProcessedAndRecord, removeProcessed } = memory.helpers(workflow, node);
					return {
						checkProcessedAndRecord: guarded(checkProcessedAndRecord),
						removeProcessed: guarded(removeProcessed),
					};
				},
			},
			context: { getWorkflow: () => ({ id: this.name }) },
		};
	}

	/** A vendor that acts between two steps of the process. */
	asked(act: (request: ImaginedRequest) => ImaginedAnswer) {
		return async (request: ImaginedRequest): Promise<ImaginedAnswer> => {
			// Whatever the node makes of these errors, it comes no further than to the memory. A request without an end would keep the tests from theirs.
			if (!(await this.step())) throw new Error('dead');
			const answer = act(request);
			if (!(await this.step())) throw new Error('dead');
			return answer;
		};
	}
}
