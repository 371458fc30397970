import type { IDataObject } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../shared/base/failure';
import { memberOf, wordsOf } from '../shared/base/json';
import { idInPath } from '../shared/base/lists';
import type { Ask, Call } from '../shared/http/call';
import { writeKeeping } from './keepAndAdd';

/**
 * Writes to a deal, with its attributes kept on request, and sees it settled in its stage.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function writeDeal(ask: Ask, call: Call, input: { existing?: string }): Promise<unknown> {
	return await settled(ask, await writeKeeping(ask, call, input), call.body);
}

/**
 * Writes to a deal, and sees it settled in its stage.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function writeSettled(ask: Ask, call: Call): Promise<unknown> {
	return await settled(ask, await ask(call), call.body);
}

/**
 * Makes sure that a deal whose stage was written stands in that stage, and in the pipeline of that stage.
 *
 * A stage that does not exist is not refused: WoofedCRM moves the deal to the first stage of its pipeline. With a stage of
 * another pipeline the deal keeps its old pipeline.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function settled(ask: Ask, answer: unknown, { stage_id: wanted }: IDataObject = {}): Promise<unknown> {
	const actual = memberOf(answer, 'stage_id');
	if (wanted === undefined || actual === undefined) return answer;
	if (wordsOf(actual) !== wordsOf(wanted)) throw otherStage(actual, wanted);
	try {
		return await inPipelineOf(ask, idInPath(memberOf(answer, 'id'), 'the deal'), answer, wanted);
	} catch (error) {
		throw unsettled(failureOf(error));
	}
}

async function inPipelineOf(ask: Ask, id: string, answer: unknown, stage_id: IDataObject[string]): Promise<unknown> {
	const deal = await ask({ method: 'GET', effect: 'reads', path: `/deals/${id}`, query: {} });
	const home = memberOf(deal, 'stage.pipeline_id');
	if (typeof home !== 'number' || String(home) === wordsOf(memberOf(deal, 'pipeline_id'))) return answer;
	const moved = await ask({ method: 'PUT', effect: 'writes', path: `/deals/${id}`, query: {}, body: { stage_id, pipeline_id: home } });
	const pipeline = memberOf(moved, 'pipeline_id');
	if (wordsOf(pipeline ?? home) !== String(home))
		throw new FailureError({ headline: `WoofedCRM left the deal in pipeline ${wordsOf(pipeline)}, and the stage belongs to pipeline ${home}` });
	return moved;
}

function otherStage(actual: unknown, wanted: unknown): FailureError {
	return new FailureError({
		headline: `WoofedCRM put the deal into stage ${wordsOf(actual)}, not into stage ${wordsOf(wanted)}, which it does not have`,
		advice: 'Everything else was written. Look up the right stage, and move the deal with Deal > Move to Stage.',
		mayHaveBeenApplied: true,
	});
}

function unsettled(failure: Failure): FailureError {
	return new FailureError({
		...failure,
		headline: `The deal was written, but whether its stage belongs to its pipeline could not be made sure: ${failure.headline}`,
		advice: 'It does no harm to run this again.',
		mayHaveBeenApplied: true,
		harmless: true,
	});
}
