import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { apiError } from '../base/nodeErrors';

/** Kinds of what a poll reports; each is told as an error once until a poll goes without it. */
export type Problem = 'refused' | 'order' | 'filter' | 'noDate' | 'noId' | 'unreadable' | 'tooLarge';

/** Takes note of a problem of an event. @param words what happened, without the name of the event */
export type Report = (problem: Problem, words: string) => void;

/** The problems of one poll, by event: the label of the event and what happened. */
export class PollReports {
	private readonly found = new Map<string, { label: string; problems: Map<Problem, string> }>();

	/** @param key tells the event from others of the trigger */
	of(key: string, label: string): Report {
		return (problem, words) => {
			const event = this.found.get(key) ?? { label, problems: new Map<Problem, string>() };
			this.found.set(key, event);
			event.problems.set(problem, words);
		};
	}

	/**
	 * Writes every problem into n8n's log, and makes an error of those that the polls before did not have. The error shows up
	 * among the executions and starts the error workflow, and the poll goes on.
	 *
	 * @param before what the poll before returned
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
	const description =
		'Everything else was handed on. Further polls with the same problem are written into the log of n8n only.';
	const error = apiError(context.getNode(), { message: sentences.join('. '), description });
	try {
		context.__emitError(error);
	} catch {
		// In a test of the workflow nobody takes the error; it is in the log.
	}
}
