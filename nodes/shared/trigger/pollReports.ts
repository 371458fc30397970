import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { apiError } from '../base/nodeErrors';

/** Kinds of problems. Each is reported as an error once, until a poll runs without it. */
export type PollProblem = 'refused' | 'order' | 'filter' | 'noDate' | 'noId' | 'unreadable' | 'tooLarge';

/** Reports a problem of an event. @param words what happened, without the name of the event */
export type Report = (problem: PollProblem, words: string) => void;

/** The problems of one poll, by event: the label of the event and what happened. */
export class PollReports {
	private readonly found = new Map<string, { label: string; problems: Map<PollProblem, string> }>();

	/** Returns the reporter of an event. @param key identifies the event within the trigger */
	of(key: string, label: string): Report {
		return (problem, words) => {
			const event = this.found.get(key) ?? { label, problems: new Map<PollProblem, string>() };
			this.found.set(key, event);
			event.problems.set(problem, words);
		};
	}

	/**
	 * Writes every problem to n8n's log, and emits an error for problems that the previous poll did not have. The error appears in
	 * the executions list and starts the error workflow. The poll continues.
	 *
	 * @param before the result of the previous poll
	 * @returns plain data to be stored
	 */
	tell(context: IPollFunctions, before: unknown): IDataObject {
		const known = (before ?? {}) as Record<string, string[] | undefined>;
		const fresh: string[] = [];
		for (const [key, { label, problems }] of this.found) {
			for (const [problem, words] of problems) {
				const sentence = `'${label}': ${words}`;
				context.logger?.warn(`Poll: ${sentence}`, {
					workflowId: context.getWorkflow().id,
					nodeName: context.getNode().name,
				});
				if (!known[key]?.includes(problem)) fresh.push(sentence);
			}
		}
		if (fresh.length > 0) emitError(context, fresh);
		return Object.fromEntries([...this.found].map(([key, { problems }]) => [key, [...problems.keys()]]));
	}
}

function emitError(context: IPollFunctions, sentences: string[]): void {
	const description = "All other records were output. Further polls with the same problem only write to n8n's log.";
	const error = apiError(context.getNode(), { message: sentences.join('. '), description });
	try {
		context.__emitError(error);
	} catch {
		// In a test of the workflow, n8n has no handler for the error. It is in the log.
	}
}
