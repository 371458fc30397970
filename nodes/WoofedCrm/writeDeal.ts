import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/failure';
import type { Ask, Call } from '../shared/request';
import { keptAndAdded } from './keepAndAdd';

/**
 * Writes to a deal; with `merge` its attributes are read first and kept, which needs a request more.
 *
 * @throws FailureError when the deal came to another stage than the one asked for
 */
export async function writeDeal(ask: Ask, call: Call, input: Readonly<Record<string, unknown>>): Promise<unknown> {
	const merge = input.existing === 'merge' && call.body?.custom_attributes !== undefined;
	const stored = merge ? ((await ask({ method: 'GET', path: call.path, query: {} })) as IDataObject) : {};
	return inWantedStage(await ask(merge ? { ...call, body: keptAndAdded(stored, call.body) } : call), call.body);
}

/** A stage that there is not, is not refused: WoofedCRM moves the deal to the first stage of its pipeline. */
export function inWantedStage(answer: unknown, { stage_id: wanted }: IDataObject = {}): unknown {
	const { stage_id: actual } = (answer ?? {}) as IDataObject;
	if (wanted === undefined || actual === undefined || String(actual) === String(wanted)) return answer;
	throw new FailureError({
		headline: `WoofedCRM put the deal into stage ${String(actual)}, not into stage ${String(wanted)}, which it does not have`,
		advice: 'Everything else was written. Look up the right stage, and move the deal with Deal > Move to Stage.',
		mayHaveBeenApplied: true,
	});
}
