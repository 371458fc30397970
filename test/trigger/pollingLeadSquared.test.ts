import type { IDataObject } from 'n8n-workflow';
import { fakeDate } from '../support/fakeDate';
import { Bench } from '../support/run';
import { Polls } from './support';

const bench = new Bench();
const HOUR = 60 * 60 * 1000;

const pollsOf = (node: string, events: unknown, more?: IDataObject) =>
	new Polls(bench, node, { events, ...more } as IDataObject);

afterEach(() => jest.useRealTimers());

describe('LeadSquared', () => {
	const ACTIVITY_TYPE = 201;
	const lead = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
	const picked = (value: number) => ({ __rl: true, mode: 'list', value });
	const newLead = async (FirstName: string) => {
		const { Message } = await bench.post('leadSquared', '/LeadManagement.svc/Lead.Create', [
			{ Attribute: 'FirstName', Value: FirstName },
		]);
		return (Message as IDataObject).Id as string;
	};
	const visit = async (ActivityNote: string, ActivityEvent = ACTIVITY_TYPE) =>
		await bench.post('leadSquared', '/ProspectActivity.svc/Create', {
			RelatedProspectId: lead,
			ActivityEvent,
			ActivityNote,
			Fields: [{ SchemaName: 'mx_Custom_1', Value: 'Survey' }],
		});

	test('a new lead is told of once as new, however often it changes, and with each change as changed', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['lead_created', 'lead_changed']);
		expect(await polls.poll()).toBeNull();

		const id = await newLead('Ana');
		const created = await polls.told('FirstName');
		await bench.post('leadSquared', `/LeadManagement.svc/Lead.Update?leadId=${id}`, [
			{ Attribute: 'FirstName', Value: 'Anna' },
		]);
		const changed = await polls.told('FirstName');

		expect(created).toEqual([
			['lead_created', 'Ana'],
			['lead_changed', 'Ana'],
		]);
		expect(changed).toEqual([['lead_changed', 'Anna']]);
		expect(await polls.poll()).toBeNull();
	});

	test('records come out as from the node: flat, with moments that tell their zone', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['lead_created', 'lead_changed']);
		await polls.poll();
		await newLead('Bia');

		const records = (await polls.poll())!.map(({ json }) => json.record as IDataObject);

		expect(records).toHaveLength(2);
		for (const { FirstName, CreatedOn } of records)
			expect([FirstName, CreatedOn]).toEqual(['Bia', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)]);
	});

	test('activities of the chosen type are told of, more than a page of them and the oldest first, and of no other type', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['activity_changed'], { activityType: picked(ACTIVITY_TYPE) });
		await polls.poll();
		const notes = Array.from({ length: 103 }, (_, index) => `Visit ${index}`);
		for (const note of notes) await visit(note);
		await bench.post('leadSquared', '/OpportunityManagement.svc/Capture', {
			LeadDetails: [{ Attribute: 'EmailAddress', Value: 'lead@example.com' }],
			Opportunity: {
				OpportunityEventCode: 12000,
				Fields: [
					{ SchemaName: 'Status', Value: 'Open' },
					{ SchemaName: 'mx_Custom_1', Value: 'Boat loan' },
				],
			},
		});

		const told = await polls.told('ActivityNote');

		expect(told).toEqual(notes.map((note) => ['activity_changed', note]));
		expect(await polls.poll()).toBeNull();
	});

	test('opportunities are asked for as activities of their type', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['opportunity_changed'], { opportunityType: picked(12000) });
		await polls.poll();
		const opportunity = '5b000050-1a2b-4c3d-8e4f-000000000050';
		await bench.post('leadSquared', '/OpportunityManagement.svc/Update', {
			ProspectOpportunityId: opportunity,
			Fields: [{ SchemaName: 'Status', Value: 'Won' }],
		});

		expect(await polls.told('Status')).toEqual([['opportunity_changed', 'Won']]);
	});

	test('another type begins anew: what there is of it has happened before', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['activity_changed'], { activityType: picked(105) });
		await polls.poll();
		await visit('Before');
		polls.parameters.activityType = picked(ACTIVITY_TYPE);

		const first = await polls.poll();
		await visit('After');

		expect(first).toBeNull();
		expect(await polls.told('ActivityNote')).toEqual([['activity_changed', 'After']]);
	});

	test('a test shows the newest lead', async () => {
		await newLead('Old');
		await newLead('Newest');

		for (const event of ['lead_created', 'lead_changed']) {
			const [{ json }] = (await pollsOf('leadSquaredPollingTrigger', [event]).poll('manual'))!;
			expect(json).toMatchObject({ event, record: { FirstName: 'Newest' } });
		}
	});

	test.each([
		['', "'Activity Type' is required but empty"],
		['call', "'Activity Type' must be picked from the list or be an ID"],
	])('the type %j is refused before anything is asked', async (type, words) => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['activity_changed'], {
			activityType: { __rl: true, mode: 'id', value: type },
		});

		await expect(polls.poll()).rejects.toMatchObject({ message: expect.stringContaining(words) });
		expect(bench.sandbox.vendors.leadSquared.requests).toEqual([]);
	});

	test('an activity without a date keeps none of the others back, and so does one of another type', async () => {
		const polls = pollsOf('leadSquaredPollingTrigger', ['activity_changed'], { activityType: picked(ACTIVITY_TYPE) });
		await polls.poll();
		const ModifiedOn = new Date().toISOString();
		const rows = [
			{ ProspectActivityId: '1', ActivityNote: 'Undated', ModifiedOn: null },
			{ ProspectActivityId: '2', ActivityNote: 'Other', ActivityEvent: '105', ModifiedOn },
			{ ProspectActivityId: '3', ActivityNote: 'Visit', ActivityEvent: String(ACTIVITY_TYPE), ModifiedOn },
		];
		bench.sandbox.vendors.leadSquared.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { RecordCount: 3, List: rows } },
		});

		expect(await polls.told('ActivityNote')).toEqual([['activity_changed', 'Visit']]);
		expect(polls.emitted[0].message).toMatch(
			/'Activity Created or Updated': .*(no valid date under 'ModifiedOn'|not asked for)/,
		);
	});

	test('a page that is too large for one response is read in smaller ones, and a lead that is too large alone is left out', async () => {
		fakeDate(Date.now() + 48 * HOUR);
		await newLead('Before');
		const polls = pollsOf('leadSquaredPollingTrigger', ['lead_created']);
		await polls.poll();
		const pageOf = (body: unknown) => (body as { Paging: { PageIndex: number; PageSize: number } }).Paging;
		const isLarge = (body: unknown) => {
			const { PageIndex, PageSize } = pageOf(body);
			// The third lead of the list is what is too large.
			return (PageIndex - 1) * PageSize < 3 && PageIndex * PageSize >= 3;
		};
		bench.sandbox.reset();
		for (const name of ['Ana', 'Bia', 'Caio']) await newLead(name);
		bench.sandbox.vendors.leadSquared.faults.add({
			kind: 'answer',
			times: 20,
			match: ({ path, body }) => path.endsWith('/Leads.Get') && isLarge(body),
			reply: { status: 200, body: [{ notes: 'x'.repeat(21 * 1024 * 1024) }] },
		});

		const told = await polls.told('FirstName');

		expect(told).toEqual([
			['lead_created', 'Ana'],
			['lead_created', 'Caio'],
		]);
		expect(polls.emitted[0].message).toBe("'Lead Created': 1 record is too large to be read");
		expect(
			bench.sandbox.vendors.leadSquared.requests.map(({ body }) => pageOf(body)?.PageSize).filter(Boolean),
		).toEqual(expect.arrayContaining([100, 50, 25, 5, 1]));
	}, 60_000);
});
