import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { shownFailure } from '../base/brief';
import { failureOfAnswer, perhapsApplied } from '../base/failure';
import type { Redactor } from '../base/redact';
import type { Input } from '../fields/check';
import { accepted, type Converter, type Correction, type Operation, type PlacedField } from '../form/operation';
import type { Ask, Call } from '../http/call';
import type { Connection } from '../http/connection';
import { readPages } from '../http/paging';
import { requestsOn } from '../http/request';
import type { HeldRecords, Mode } from '../http/recordLocks';
import type { Claim } from './claim';
import type { Finished } from './finished';
import { named } from './named';
import { asSuccess, completed, recordsOf, simplified, withoutWithheld } from './output';
import { notTakenOver } from './takenOver';

/** One item, ready to be sent. */
export interface Prepared {
	/** The operation as the item's input makes it. */
	operation: Operation;
	input: Input;
	fields: readonly PlacedField[];
	call: Call;
	/** What items on the same record, or with the same 'Once Per', have in common. */
	records: readonly string[];
	/** What it holds in the whole process while its requests run. */
	held: ReadonlyArray<readonly [string, Mode]>;
	/** How it is known, where it is to be sent once even after a crash. */
	claim?: Claim;
	/** Most records wanted of a list. */
	limit: number;
	simplify: boolean;
	/** May go together with other items, where the vendor has a request for that. */
	inBulk: boolean;
	/** Gives what converts its records, where the item wants that. */
	converter?: (ask: Ask) => Promise<Converter>;
	/** Corrects the request of a list that found nothing. */
	correction?: (ask: Ask) => Promise<Correction>;
	/** The connection as the item's options want it. */
	connection: Connection;
	/** Takes out the secrets of the credential and of the item's own secret fields. */
	redact: Redactor;
}

/** Takes a note for the user. */
export type Remark = (words: string) => void;

/**
 * Sends one item and reads what came back.
 *
 * @returns the output or the failure. Once a write has left, every failure carries `mayHaveBeenApplied`, whatever went
 * wrong afterwards, until the vendor says that it did not act.
 */
export async function sendItem(prepared: Prepared, item: number, remark: Remark, held?: HeldRecords): Promise<Finished> {
	const { connection, redact } = prepared;
	const { ask, trail } = requestsOn(connection, held);
	try {
		return { output: await outputOf(prepared, ask, item, remark) };
	} catch (error) {
		const failure = named(prepared, failureOfAnswer(error, connection.vendor.name));
		return { failure: shownFailure(trail.wrote ? perhapsApplied(failure, connection.vendor.name) : failure, redact) };
	}
}

async function outputOf(prepared: Prepared, ask: Ask, item: number, remark: Remark): Promise<INodeExecutionData[]> {
	const { operation, input, call, limit } = prepared;
	const output: INodeExecutionData[] = [];
	const toItem = itemMaker(prepared, item, remark, await prepared.converter?.(ask));
	const { many } = operation;
	if (many) {
		const note = (words: string) => remark(prepared.redact(`${words} [item ${item}]`));
		const readAll = async (list: Call) => {
			for await (const records of readPages(ask, list, many, limit, note)) output.push(...records.map((record) => toItem(record)));
		};
		await readAll(call);
		const corrected = output.length === 0 ? (await prepared.correction?.(ask))?.(call) : undefined;
		if (corrected) await readAll(corrected);
	} else {
		const answer = operation.run ? await operation.run(ask, call, input as never) : await ask(call);
		output.push(...recordsOf(operation, answer).map((record) => toItem(record, answer)));
	}
	return output;
}

/** What the user should know of items that the vendor has only taken; the same words for all of them, so that n8n shows them once. */
export const carriedOutLater = (vendorName: string) =>
	`${vendorName} has accepted items and carries them out later; it does not tell this node what becomes of each.`;

/** Makes n8n's items from the records that came for an item, and notes what the user should know of them. */
export function itemMaker({ operation, input, simplify, redact, connection }: Prepared, item: number, remark: Remark, convert?: Converter) {
	const { vendor } = connection;
	const note = (words: string | undefined) => words && remark(redact(`${words} [item ${item}]`));
	return (record: IDataObject, answer?: unknown): INodeExecutionData => {
		if (operation.output === accepted) remark(carriedOutLater(vendor.name));
		note(operation.remark?.(record, answer, input));
		notTakenOver(operation, input, record, vendor.name).forEach(note);
		const whole = completed(operation, withoutWithheld(operation, record), input);
		const shown = convert?.(whole) ?? whole;
		return { json: asSuccess(simplify ? simplified(operation, vendor.tidy?.(shown) ?? shown) : shown), pairedItem: { item } };
	};
}
