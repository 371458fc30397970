import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vendorName, vendorNames, wantedAs } from '../../nodes/shared/trigger/events';
import { triggerSchema, triggerSchemaFile } from '../contract/outputSchema';
import { bodyProblems, deliveryProblems } from '../sandbox/answers';
import { contractOf, deliveriesOf, documentedOperation, resolve, type Schema } from '../sandbox/contract';
import { pack } from '../support/run';
import { pollTriggers, triggerEvents, triggers } from '../support/triggers';

describe.each(triggerEvents)('$title', ({ parts, trigger, key, event }) => {
	const documented = deliveriesOf(parts.name).get(vendorName(key, event));
	const others = vendorNames(key, event).map((name) => deliveriesOf(parts.name).get(name));

	test('is an event that the contract knows, with its page and no surer than it', () => {
		expect(others).not.toContain(undefined);
		expect([documented!['x-source'], 'https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/']).toContain(
			event.page,
		);
		const known = [documented!['x-confidence'], ...(documented!['x-observed'] ? ['observed'] : []), 'inferred'];
		expect(known).toContain(event.confidence);
	});

	test('has a sample that the contract takes', () => {
		expect(deliveryProblems(parts.name, vendorName(key, event), event.sample)).toEqual([]);
	});

	test('is recognised in its own sample, and nothing narrower is', () => {
		const all = { events: Object.keys(trigger.events), otherEvents: [] };

		expect(wantedAs(trigger, all, { body: event.sample, headers: { 'x-n8n-event': key } })).toBe(key);
		expect(trigger.recordOf(event.sample)).toEqual(expect.any(Object));
	});
});

describe.each(triggers)('$displayName', ({ name, parts, trigger }) => {
	test('offers every event of the contract, or says why not', () => {
		const offered = Object.entries(trigger.events).flatMap(([key, event]) => vendorNames(key, event));

		expect([...deliveriesOf(parts.name).keys()].filter((event) => !offered.includes(event)).sort()).toEqual(
			Object.keys(trigger.notOffered ?? {}).sort(),
		);
	});

	test('shows its address with the steps and with how to try it where it is set up by hand, and nowhere else', () => {
		const { description } = pack.nodeTypes[`n8n-nodes-crm-pack.${name}`];
		const notices = description.properties
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => displayName);
		const hints = [description.triggerPanel].flatMap((panel) =>
			typeof panel === 'object' ? [panel.activationHint] : [],
		);
		const shown = description.webhooks!.filter(({ ndvHideUrl }) => !ndvHideUrl);

		expect({ notices, hints, shown: shown.length }).toEqual(
			trigger.subscription
				? { notices: [], hints: [], shown: 0 }
				: {
						notices: [expect.stringContaining('copy the Production URL')],
						hints: [expect.stringContaining(`paste the Test URL (under Webhook URLs) into ${trigger.vendor.name}`)],
						shown: 1,
					},
		);
	});

	test('has a preview of its output that is made of its samples (npm run schemas)', () => {
		const file = path.join(__dirname, '..', '..', triggerSchemaFile({ name, displayName: '', parts, trigger }));

		expect(existsSync(file)).toBe(true);
		expect(JSON.parse(readFileSync(file, 'utf8')) as Schema).toEqual(
			triggerSchema({ name, displayName: '', parts, trigger }),
		);
	});

	test("is found beside its node: it begins no tool, has no input, and n8n's panel makes its actions of 'Trigger On'", () => {
		const { description } = pack.nodeTypes[`n8n-nodes-crm-pack.${name}`];
		const triggerOn = description.properties.find(({ displayName }) => displayName === 'Trigger On');

		expect(description).toMatchObject({ name: `${parts.name}Trigger`, inputs: [], group: ['trigger'] });
		expect(description.usableAsTool).toBeUndefined();
		expect(triggerOn?.options?.length).toBeGreaterThan(4);
	});
});

const polled = pollTriggers.flatMap(({ displayName, parts, pollTrigger }) =>
	Object.entries(pollTrigger.events).map(([key, event]) => ({
		title: `${displayName}: ${event.name}`,
		parts,
		key,
		event,
	})),
);

const NOW = new Date('2026-06-01T12:00:00Z');

test.each(polled)('$title asks what the contract documents, by members that it knows', ({ parts, event }) => {
	const { method, path: route, operation, shared } = documentedOperation(parts.name, event.contract, event.name);
	const at = { now: NOW, zone: 'UTC', given: { activityType: 201, opportunityType: 12000 } };
	const asked = [
		('moment' in event.by ? event.by.from : event.by.window)(NOW, at),
		...(event.by.newest ? [event.by.newest(at)] : []),
	];
	const { parameters: ask, maxPageSize: largest, part: place } = event.pages;
	const whole = asked.map((members) => ({ ...members, ...ask(1, largest) }));
	const parameters = [...shared, ...(operation.parameters ?? [])].map(
		(parameter) => resolve(contractOf(parts.name), parameter).name,
	);

	expect(`${method} ${route.replace(parts.pathPrefix, '')}`).toBe(event.request);
	expect([operation['x-source'], operation['x-confidence']]).toEqual([event.page, event.confidence]);
	expect(place === 'body' ? whole.flatMap((body) => bodyProblems(parts.name, event.contract, body)) : []).toEqual([]);
	expect(place === 'query' ? whole.flatMap(Object.keys).filter((name) => !parameters.includes(name)) : []).toEqual([]);
});
