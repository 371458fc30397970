import { callTo } from './caller';
import { startVendor, type RunningVendor } from './server';
import { leadSquaredSandbox } from '../vendors/leadSquared/sandbox';

export type Row = Record<string, unknown>;

/** Members of the answers into which tests look. */
interface Members {
	Status: string;
	Message: { Id: string; AffectedRows: number; Message: string };
	RecordCount: number;
	AdditionalDetails: Row[];
	Fields: Row[];
	Leads: Array<{ LeadPropertyList: Row[] }>;
	List: Row[];
	ProspectActivities: Row[];
	Response: Row[];
	TaskList: Row[];
}

interface Answer<Body> {
	status: number;
	body: Body;
}

/** A LeadSquared of its own for each test of a file. */
export class LeadSquaredBench {
	vendor!: RunningVendor;

	constructor() {
		beforeEach(async () => {
			this.vendor = await startVendor(leadSquaredSandbox());
		});
		afterEach(async () => await this.vendor.close());
	}

	async get<Body = Members>(route: string, query: Record<string, string> = {}): Promise<Answer<Body>> {
		return (await callTo(
			{ leadSquared: this.vendor },
			'leadSquared',
			'GET',
			`/v2/${route}?${new URLSearchParams(query).toString()}`,
		)) as Answer<Body>;
	}

	async post<Body = Members>(route: string, body?: unknown): Promise<Answer<Body>> {
		return (await callTo({ leadSquared: this.vendor }, 'leadSquared', 'POST', `/v2/${route}`, body)) as Answer<Body>;
	}

	/** Whether the vendor acted on the last request. */
	get applied(): boolean {
		return this.vendor.requests.at(-1)!.applied;
	}
}

/** A lead as requests write it. */
export const attributes = (lead: Record<string, unknown>) =>
	Object.entries(lead).map(([Attribute, Value]) => ({ Attribute, Value }));

/** A lead as a row of `Lead/Bulk/UpdateV2`. */
export const leadRow = (lead: Record<string, unknown>) => ({ Fields: attributes(lead) });

/** A refusal as the vendor writes it. */
export const refusal = (type: string, words: string) => ({
	status: 500,
	body: { Status: 'Error', ExceptionType: `MX${type}Exception`, ExceptionMessage: expect.stringContaining(words) },
});

/** An ID that nothing has. */
export const UNKNOWN = '5bffffff-1a2b-4c3d-8e4f-ffffffffffff';
