import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/LeadSquared/resources';
import type { Recorded } from '../sandbox/types';
import { failureIn, type NodeRun } from '../support/run';
import { appointment, byId } from './forms';

/** Forms of what LeadSquared takes together. Names are not unique to LeadSquared, so that a second sending makes a second record. */
export const bulkForms = {
	lead: { resource: 'lead', operation: 'create', LastName: '={{ $json.name }}', EmailAddress: '={{ $json.email }}' },
	activity: {
		resource: 'activity',
		operation: 'create',
		leadBy: 'id',
		RelatedProspectId: { __rl: true, mode: 'id', value: '={{ $json.lead }}' },
		ActivityEvent: byId(201),
		additionalFields: { ActivityNote: '={{ $json.name }}' },
	},
	task: { ...appointment, Name: '={{ $json.name }}' },
} as const;

export type BulkForm = keyof typeof bulkForms;

/** A form with its options. */
export const bulkForm = (kind: BulkForm, options: IDataObject = {}): IDataObject => ({
	...bulkForms[kind],
	options: { ...(kind === 'task' && { sendInBulk: true }), ...options },
});

export const batchOf = (kind: BulkForm) => resources[kind].operations[bulkForms[kind].operation].batch!;

/** Leads that the sandbox has from the start, and one that it has not. */
export const seededLead = (index: number) =>
	`5b0001${String(index + 3).padStart(2, '0')}-1a2b-4c3d-8e4f-0000000001${String(index + 3).padStart(2, '0')}`;
const nobody = '5b0009ff-1a2b-4c3d-8e4f-0000000009ff';

/** What makes LeadSquared refuse an item. */
export const refusedBy: Record<BulkForm, IDataObject> = {
	lead: { email: 'lead@example.com' },
	activity: { lead: nobody },
	task: {},
};

type Row = Record<string, unknown>;
const isBulk = ({ path }: Pick<Recorded, 'path'>) => path.includes('/Bulk/');

/** The records that a request asks for. */
export function rowsIn({ path, body }: Pick<Recorded, 'path' | 'body'>): unknown[] {
	if (!isBulk({ path })) return [body];
	return Array.isArray(body) ? (body as unknown[]) : (body as { TaskList: unknown[] }).TaskList;
}

/** The name by which a test knows a record. */
export function nameOf(row: unknown): string {
	if (Array.isArray(row)) return String((row as Row[]).find(({ Attribute }) => Attribute === 'LastName')?.Value);
	const { ActivityNote, Name } = row as Row;
	return String(ActivityNote ?? Name);
}

/** Names of the records that LeadSquared made, in its order, whatever became of its answers. */
export function madeBy(requests: readonly Recorded[]): string[] {
	return requests
		.filter(({ applied }) => applied)
		.flatMap(({ answer, ...request }) => {
			const receipts = [answer?.body, (answer?.body as Row)?.Response].find(Array.isArray) as Row[] | undefined;
			const isMade = (index: number) =>
				(receipts?.[index].LeadCreated ?? receipts?.[index].ActivityCreated ?? true) === true;
			return rowsIn(request as Recorded)
				.filter((_row, index) => isMade(index))
				.map(nameOf);
		});
}

/** What a run says of an item: done, perhaps done, or not done. */
export type Told = 'done' | 'doubt' | 'not';

/** What a run says of each of its items, by its output or by the error that stopped it. */
export function toldOf({ items, error }: Pick<NodeRun, 'items' | 'error'>, count: number): Told[] {
	if (!error)
		return items.map((item) =>
			failureIn(item).message === undefined ? 'done' : failureIn(item).mayHaveBeenApplied ? 'doubt' : 'not',
		);
	const { itemIndex, data } = error.context as { itemIndex: number; data?: { mayHaveBeenApplied?: boolean } };
	const done = numbersIn(/Carried out: \d+ of \d+ items \(([^)]*)\)/.exec(error.description ?? '')?.[1]);
	const doubt = numbersIn(/perhaps also ([\d, -]+)/.exec(error.description ?? '')?.[1]);
	if (data?.mayHaveBeenApplied) doubt.add(itemIndex);
	return Array.from({ length: count }, (_, item) => (done.has(item) ? 'done' : doubt.has(item) ? 'doubt' : 'not'));
}

/** "0-2, 5" as 0, 1, 2, 5. */
function numbersIn(text = ''): Set<number> {
	const parts = text.split(', ').filter(Boolean);
	return new Set(
		parts.flatMap((part) => {
			const [first, last = first] = part.split('-').map(Number);
			return Array.from({ length: last - first + 1 }, (_, index) => first + index);
		}),
	);
}

/** Fails unless what was made agrees with what was told: done once, not done never, and in doubt at most once. */
export function expectHonest(told: readonly Told[], names: readonly string[], made: readonly string[]): void {
	const allowed: Record<Told, readonly number[]> = { done: [1], doubt: [0, 1], not: [0] };
	const times = names.map((name) => made.filter((other) => other === name).length);
	const lies = names.flatMap((name, item) =>
		allowed[told[item]]?.includes(times[item]) ? [] : [{ name, told: told[item], times: times[item] }],
	);
	expect(told).toHaveLength(names.length);
	expect(lies).toEqual([]);
}
