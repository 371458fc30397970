import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runWorkflow, type WorkflowFile } from '../engine/engine';
import { Bench, pack } from '../support/run';
import { triggers } from '../support/triggers';
import { hosts, Polls } from './support';

const bench = new Bench();
const open = hosts();
const folder = path.join(__dirname, '..', '..', 'examples', 'triggers');
const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowFile;
const triggerOf = ({ nodes }: WorkflowFile) => nodes.find(({ type }) => type.endsWith('Trigger'))!;

const [polled, delivered] = [true, false].map((polls) =>
	readdirSync(folder).filter((file) => triggerOf(read(file)).type.endsWith('PollingTrigger') === polls),
);

/** A run of the published workflow. */
const runOn = async (workflow: WorkflowFile, items: INodeExecutionData[]) =>
	await runWorkflow(workflow, { pack, credentials: bench.sandbox.credentials, items, mode: 'trigger' });

/** The workflow of a file, published; each delivery that it takes runs it. */
async function publish(file: string) {
	const workflow = read(file);
	const { type, parameters } = triggerOf(workflow);
	// What is signed is tried elsewhere.
	const unsigned = { ...parameters, options: { ...(parameters.options as IDataObject), verifySignature: false } };
	const { host, send } = await open({ node: type.split('.')[1], parameters: unsigned as IDataObject });
	return { host, send, run: async (items: INodeExecutionData[]) => await runOn(workflow, items) };
}

test.each(delivered)('%s takes the sample of its event and does its step', async (file) => {
	const { type, parameters } = triggerOf(read(file));
	const { trigger } = triggers.find(({ name }) => type.endsWith(`.${name}`))!;
	const { host, send, run } = await publish(file);
	const sample = trigger.events[(parameters.events as string[])[0]].sample as { data?: IDataObject };

	await send(
		sample.data ? { ...sample, data: { ...sample.data, id: 1, deal_id: 1, stage_id: 2, from_me: false } } : sample,
	);
	const { data } = await run(host.runs[0]);

	expect(data.resultData.error).toBeUndefined();
	expect(data.resultData.lastNodeExecuted).not.toBe(triggerOf(read(file)).name);
});

test('the note that the workflow against loops writes does not start it again', async () => {
	const { host, send, run } = await publish('woofedcrm-answered-note.json');
	await send({
		event: 'event_created',
		data: { id: 1, deal_id: 1, kind: 'chatwoot_message', from_me: false, content: 'Tudo certo?' },
	});

	await run(host.runs[0]);
	const { requests } = bench.sandbox.vendors.woofedCrm;
	const note = requests[0].answer!.body as IDataObject;
	await send({ event: 'event_created', data: note });

	expect(note).toMatchObject({ deal_id: 1, kind: 'note', from_me: true });
	expect(requests.map(({ body }) => body)).toEqual([{ kind: 'note', content: 'O cliente escreveu: Tudo certo?' }]);
	expect(host.runs).toHaveLength(1);
});

test.each(polled)('%s does its step for what is new, once', async (file) => {
	const workflow = read(file);
	const { name, type, parameters } = triggerOf(workflow);
	const polls = new Polls(bench, type.split('.')[1], parameters as IDataObject);
	await polls.poll();
	await bench.post('leadSquared', '/LeadManagement.svc/Lead.Create', [
		{ Attribute: 'FirstName', Value: 'Ana' },
		{ Attribute: 'OwnerId', Value: '5b000002-1a2b-4c3d-8e4f-000000000002' },
	]);

	const items = (await polls.poll())!;
	bench.sandbox.reset();
	const { data } = await runOn(workflow, items);

	expect(data.resultData.error).toBeUndefined();
	expect(data.resultData.lastNodeExecuted).not.toBe(name);
	expect(bench.sandbox.vendors.leadSquared.requests.map(({ body }) => body)).toMatchObject([
		{ Name: 'Call Ana', RelatedEntity: 1, RelatedEntityId: (items[0].json.record as IDataObject).ProspectID },
	]);
	expect(await polls.poll()).toBeNull();
});
