import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { triggerProperties } from '../../nodes/shared/trigger/form';
import { pollTriggers, startingNodes, triggers } from '../support/triggers';
import type { Editor, Scheme } from './browser';
import { FORM_PICTURES } from './formPictures';
import { withStoredCredentials, type Fixture } from './fixture';

/** A collection with everything in it that the form offers: defaults, and the examples of empty boxes. */
function filled({ options = [] }: INodeProperties): INodeParameters {
	return Object.fromEntries(
		(options as INodeProperties[]).map(({ name, default: start, placeholder }) => [
			name,
			start === '' ? placeholder?.replace('e.g. ', '') : start,
		]),
	) as INodeParameters;
}

/** The form as it is dropped on the canvas, and with everything in it. */
function forms(): Array<{ name: string; displayName: string; state: string; parameters: INodeParameters }> {
	const empty = startingNodes.map(({ name, displayName }) => ({ name, displayName, state: 'new', parameters: {} }));
	const full = triggers.map(({ name, displayName, trigger }) => {
		const collections = triggerProperties(trigger).filter(({ type }) => type === 'collection');
		const events = Object.keys(trigger.events).slice(0, 2);
		return {
			name,
			displayName,
			state: 'full',
			parameters: { events, ...Object.fromEntries(collections.map((one) => [one.name, filled(one)])) },
		};
	});
	const polls = pollTriggers.map(({ name, displayName, pollTrigger }) => {
		const events = Object.keys(pollTrigger.events).slice(0, 1);
		return { name, displayName, state: 'full', parameters: { events } };
	});
	return [...empty, ...full, ...polls];
}

/** Takes pictures of each trigger: its form new and full, and the panel while it listens or after it fetched. */
export async function takeTriggerPictures(
	editor: Editor,
	{ host, credentials }: Fixture,
	scheme: Scheme,
): Promise<void> {
	const folder = path.join(FORM_PICTURES, scheme);
	mkdirSync(folder, { recursive: true });
	for (const { name, displayName, state, parameters } of forms()) {
		const take = async (what: string) =>
			await editor.page.screenshot({ path: path.join(folder, `${name}-panel-${what}.png`) });
		const node: INode = {
			id: '1',
			name: displayName,
			type: `n8n-nodes-crm-pack.${name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
		};
		const file = withStoredCredentials({ nodes: [node], connections: {} }, credentials);
		await editor.openWorkflow(await host.rest.createWorkflow(file));
		await editor.openNode(displayName);
		await editor.page.waitForTimeout(1_000);
		const urls = editor.page.getByText('Webhook URLs', { exact: true });
		if (state === 'new' && (await urls.isVisible())) await urls.click();
		await editor.page.waitForTimeout(500);
		await take(state);
		if (state === 'full') {
			await editor.part('node-execute-button').first().click();
			await editor.page.waitForTimeout(2_500);
			await take('test');
			// A workflow that listens keeps the next one from it.
			await editor.page.keyboard.press('Escape');
		}
	}
}
