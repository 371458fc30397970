import type { IDataObject } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';
import { writeKeeping } from './keepAndAdd';

/**
 * Writes to a deal, keeps its attributes on request, and checks its stage.
 *
 * @throws FailureError if the deal ends in another stage than the requested one
 */
export async function writeDeal(
	send: SendRequest,
	request: ApiRequest,
	input: { existing?: string },
): Promise<unknown> {
	return await settled(send, await writeKeeping(send, request, input), request.body);
}

/**
 * Writes to a deal and checks its stage.
 *
 * @throws FailureError if the deal ends in another stage than the requested one
 */
export async function writeSettled(send: SendRequest, request: ApiRequest): Promise<unknown> {
	return await settled(send, await send(request), request.body);
}

/**
 * Checks that a deal is in the stage that was written, and moves it to the pipeline of that stage if needed.
 *
 * WoofedCRM does not refuse a stage that does not exist: it moves the deal to the first stage of its pipeline. If the stage
 * belongs to another pipeline, the deal keeps its old pipeline.
 *
 * @throws FailureError if the deal ends in another stage than the requested one
 */
export async function settled(
	send: SendRequest,
	response: unknown,
	{ stage_id: wanted }: IDataObject = {},
): Promise<unknown> {
	const actual = valueAt(response, 'stage_id');
	if (wanted === undefined || actual === undefined) return response;
	if (toText(actual) !== toText(wanted)) throw wrongStage(actual, wanted);
	try {
		return await inPipelineOf(send, idInPath(valueAt(response, 'id'), 'the deal'), response, wanted);
	} catch (error) {
		throw stageUnchecked(failureOf(error));
	}
}

async function inPipelineOf(
	send: SendRequest,
	id: string,
	response: unknown,
	stage_id: IDataObject[string],
): Promise<unknown> {
	const deal = await send({ method: 'GET', effect: 'reads', path: `/deals/${id}`, query: {} });
	const stagePipeline = valueAt(deal, 'stage.pipeline_id');
	if (typeof stagePipeline !== 'number' || String(stagePipeline) === toText(valueAt(deal, 'pipeline_id')))
		return response;
	const moved = await send({
		method: 'PUT',
		effect: 'writes',
		path: `/deals/${id}`,
		query: {},
		body: { stage_id, pipeline_id: stagePipeline },
	});
	const pipeline = valueAt(moved, 'pipeline_id');
	if (toText(pipeline ?? stagePipeline) !== String(stagePipeline))
		throw new FailureError({
			message: `WoofedCRM left the deal in pipeline ${toText(pipeline)}, but the stage belongs to pipeline ${stagePipeline}`,
		});
	return moved;
}

function wrongStage(actual: unknown, wanted: unknown): FailureError {
	return new FailureError({
		message: `'Stage' must be an existing stage, but is ${toText(wanted)}. WoofedCRM put the deal into stage ${toText(actual)}`,
		description:
			'All other values were written. Look up the correct stage and move the deal with Deal > Move to Stage.',
		mayHaveBeenApplied: true,
	});
}

function stageUnchecked(failure: Failure): FailureError {
	return new FailureError({
		...failure,
		message: `The deal was written, but the node could not check that its stage belongs to its pipeline: ${failure.message}`,
		description: 'You can safely run this again.',
		mayHaveBeenApplied: true,
		harmless: true,
	});
}
