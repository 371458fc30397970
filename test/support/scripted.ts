import { failureOf, type Failure } from '../../nodes/shared/base/failure';
import type { SendRequest, ApiRequest } from '../../nodes/shared/http/apiRequest';

/** An `send` that gives one answer after another and remembers the calls; an error among the answers is thrown. */
export function scripted(...answers: unknown[]): { ask: SendRequest; calls: ApiRequest[] } {
	const calls: ApiRequest[] = [];
	const ask: SendRequest = async (call) => {
		if (calls.push(call) > answers.length) throw new Error(`No answer is left for ${call.method} ${call.path}`);
		const answer = answers[calls.length - 1];
		if (answer instanceof Error) throw answer;
		return answer;
	};
	return { ask, calls };
}

/** The calls as method and path. */
export const linesOf = (calls: readonly ApiRequest[]): string[] => calls.map(({ method, path }) => `${method} ${path}`);

/** What went wrong, in work that has to go wrong. */
export const failureBy = async (work: Promise<unknown>): Promise<Failure> =>
	await work.then(() => Promise.reject(new Error('Nothing went wrong')), failureOf);
