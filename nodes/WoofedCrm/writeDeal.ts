import type { IDataObject } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';
import { writeKeeping } from './keepAndAdd';

/**
 * Writes to a deal, with its attributes kept on request, and sees it settled in its stage.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function writeDeal(
	send: SendRequest,
	request: ApiRequest,
	input: { existing?: string },
): Promise<unknown> {
	return await settled(send, await writeKeeping(send, request, input), request.body);
}

/**
 * Writes to a deal, and sees it settled in its stage.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function writeSettled(send: SendRequest, request: ApiRequest): Promise<unknown> {
	return await settled(send, await send(request), request.body);
}

/**
 * Makes sure that a deal whose stage was written stands in that stage, and in the pipeline of that stage.
 *
 * A stage that does not exist is not refused: WoofedCRM moves the deal to the first stage of its pipeline. With a stage of
 * another pipeline the deal keeps its old pipeline.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function settled(
	send: SendRequest,
	response: unknown,
	{ stage_id: wanted }: IDataObject = {},
): Promise<unknown> {
	const actual = valueAt(response, 'stage_id');
	if (wanted === undefined || actual === undefined) return response;
	if (toText(actual) !== toText(wanted)) throw otherStage(actual, wanted);
	try {
		return await inPipelineOf(send, idInPath(valueAt(response, 'id'), 'the deal'), response, wanted);
	} catch (error) {
		throw unsettled(failureOf(error));
	}
}

async function inPipelineOf(
	send: SendRequest,
	id: string,
	response: unknown,
	stage_id: IDataObject[string],
): Promise<unknown> {
	const deal = await send({ method: 'GET', effect: 'reads', path: `/deals/${id}`, query: {} });
	const home = valueAt(deal, 'stage.pipeline_id');
	if (typeof home !== 'number' || String(home) === toText(valueAt(deal, 'pipeline_id'))) return response;
	const moved = await send({
		method: 'PUT',
		effect: 'writes',
		path: `/deals/${id}`,
		query: {},
		body: { stage_id, pipeline_id: home },
	});
	const pipeline = valueAt(moved, 'pipeline_id');
	if (toText(pipeline ?? home) !== String(home))
		throw new FailureError({
			message: `WoofedCRM left the deal in pipeline ${toText(pipeline)}, and the stage belongs to pipeline ${home}`,
		});
	return moved;
}

function otherStage(actual: unknown, wanted: unknown): FailureError {
	return new FailureError({
		message: `WoofedCRM put the deal into stage ${toText(actual)}, not into stage ${toText(wanted)}, which it does not have`,
		description: 'Everything else was written. Look up the right stage, and move the deal with Deal > Move to Stage.',
		mayHaveBeenApplied: true,
	});
}

function unsettled(failure: Failure): FailureError {
	return new FailureError({
		...failure,
		message: `The deal was written, but whether its stage belongs to its pipeline could not be made sure: ${failure.message}`,
		description: 'It does no harm to run this again.',
		mayHaveBeenApplied: true,
		harmless: true,
	});
}
