import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { choicesOf } from '../../nodes/shared/form/operation';
import { loadPack } from '../engine/pack';
import { startingNodes } from '../support/triggers';
import { operations, vendors, type OperationPlace } from '../support/vendors';
import type { Editor, Scheme } from './browser';
import { PACKAGE, withStoredCredentials, type Fixture } from './fixture';

/** They are looked at by whoever changes a form, and stand on no page. */
export const FORM_PICTURES = path.join(tmpdir(), 'crm-pack-forms');

/** As wide as in a window of a laptop, and high enough for most forms as a whole. */
const SIZE = { width: 1440, height: 1800 };
/** What n8n needs above and below the form. */
const FRAME = 200;

/** A form as it is when its operation was chosen, with all optional fields added. */
interface Form {
	/** Name of the node on the canvas, and of the picture. */
	title: string;
	description: INodeTypeDescription;
	parameters: INodeParameters;
}

const descriptions = Object.fromEntries(
	Object.values(loadPack('source').nodeTypes).map(({ description }) => [description.name, description]),
);
const newest = ({ version }: INodeTypeDescription) => Math.max(...[version].flat());

/** The node as a workflow holds it. */
function nodeOf({ title, description, parameters }: Form, place = 0): INode {
	const position: [number, number] = [(place % 6) * 240, Math.floor(place / 6) * 200];
	return {
		id: `node-${place}`,
		name: title,
		type: `${PACKAGE}.${description.name}`,
		typeVersion: newest(description),
		position,
		parameters,
	};
}

/** What n8n puts into a field that somebody adds. */
function added(field: INodeProperties): INodeParameters[string] {
	if (field.type !== 'fixedCollection') return field.default as INodeParameters[string];
	const [{ name, values }] = field.options as INodePropertyCollection[];
	const row = Object.fromEntries(values.map((value) => [value.name, added(value)])) as INodeParameters;
	return { [name]: field.typeOptions?.multipleValues ? [row] : row };
}

/** The parameters of a form with a value for everything that can be added to it. */
function opened(description: INodeTypeDescription, chosen: INodeParameters): INodeParameters {
	const node = nodeOf({ title: '', description, parameters: chosen });
	const parameters = NodeHelpers.getNodeParameters(description.properties, chosen, true, false, node, description)!;
	const isShown = (field: INodeProperties, values: INodeParameters) =>
		NodeHelpers.displayParameter(values, field, node, description, parameters);
	const shown = description.properties.filter((field) => isShown(field, parameters));
	const collections = shown
		.filter(({ type }) => type === 'collection')
		.map(({ name, options }) => {
			const inside = (options as INodeProperties[]).filter((field) => isShown(field, {}));
			return [name, Object.fromEntries(inside.map((field) => [field.name, added(field)]))];
		});
	const rows = shown.filter(({ type }) => type === 'fixedCollection').map((field) => [field.name, added(field)]);
	return { ...chosen, ...Object.fromEntries([...rows, ...collections]) } as INodeParameters;
}

/** The forms of an operation: the fresh one, and one for each other way of its choices. */
function formsOf({ parts, resource, value, operation }: OperationPlace): Form[] {
	const description = descriptions[parts.name];
	const form = (suffix: string, choice: INodeParameters): Form => ({
		title: `${parts.name} ${resource} ${value}${suffix}`,
		description,
		parameters: opened(description, { resource, operation: value, ...choice }),
	});
	const others = choicesOf(operation.fields).flatMap(([name, { variants }]) =>
		Object.keys(variants)
			.slice(1)
			.map((variant) => form(` ${name} ${variant}`, { [name]: variant })),
	);
	return [form('', {}), ...others];
}

/** All forms, in groups that stand on one canvas. */
function groups(): Form[][] {
	const nodes = vendors.flatMap((parts) =>
		Object.keys(parts.resources).map((resource) =>
			operations.filter((place) => place.parts === parts && place.resource === resource).flatMap(formsOf),
		),
	);
	const starting = startingNodes.map(({ name }) => {
		const description = descriptions[name];
		const events = (
			description.properties.find((field) => field.name === 'events')!.options as Array<{ value: string }>
		).map(({ value }) => value);
		return { title: name, description, parameters: opened(description, { events }) };
	});
	return [...nodes, starting];
}

/** The words that n8n shows beside a field when the pointer rests on it, by the label of the field. */
function wordsOf({ description, parameters }: Form): Record<string, string> {
	const node = nodeOf({ title: '', description, parameters });
	const all = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description)!;
	const within = (fields: readonly INodeProperties[], values: INodeParameters): Array<[label: string, words: string]> =>
		fields
			.filter((field) => NodeHelpers.displayParameter(values, field, node, description, all))
			.flatMap(({ displayName, description: words = '', options = [] }) => [
				[displayName, words] as [string, string],
				...options.flatMap((option) =>
					within('values' in option ? option.values : 'type' in option ? [option] : [], {}),
				),
			]);
	return Object.fromEntries(within(description.properties, all));
}

/** Writes the words of the tooltips beside the fields, where the input of the node would stand. Runs in the page. */
const ANNOTATE = `(words) => {
	document.querySelectorAll('.picture-words').forEach((element) => element.remove());
	document.querySelectorAll('[data-test-id="ndv-input-panel"] > *').forEach((element) => (element.style.visibility = 'hidden'));
	const panel = document.querySelector('[data-test-id="node-parameters"]');
	const { left } = panel.getBoundingClientRect();
	for (const label of panel.querySelectorAll('label')) {
		const { top, height } = label.getBoundingClientRect();
		const found = words[label.innerText.split('\\n')[0].trim()];
		if (!found || height === 0) continue;
		const note = document.createElement('div');
		note.className = 'picture-words';
		note.innerHTML = found;
		note.style.cssText = 'position:fixed;z-index:99999;font:12px/14px sans-serif;color:#5b8def;text-align:right;width:400px;left:' + (left - 412) + 'px;top:' + top + 'px';
		document.querySelector('[data-test-id="ndv"]').append(note);
	}
}`;

/** What of the window holds the form, and how high the form is. Runs in the page. */
const MEASURE = `() => {
	const panel = document.querySelector('[data-test-id="node-parameters"]');
	const { left, top, width } = panel.getBoundingClientRect();
	const bottoms = [...panel.querySelectorAll('[data-test-id="parameter-item"], button, .n8n-notice')].map((element) => element.getBoundingClientRect().bottom);
	return { left, top, width, bottom: Math.max(...bottoms), needed: panel.scrollHeight };
}`;

interface Measures {
	left: number;
	top: number;
	width: number;
	bottom: number;
	needed: number;
}

/** Takes the picture of an open form, its tooltips beside it. */
async function takeOpenForm(editor: Editor, form: Form, file: string): Promise<void> {
	const { page } = editor;
	await page.setViewportSize(SIZE);
	await page.waitForTimeout(400);
	const evaluate = async <Result>(script: string, ...args: unknown[]) =>
		await page.evaluate<Result>(`(${script})(${args.map((arg) => JSON.stringify(arg)).join()})`);
	const { needed } = await evaluate<Measures>(MEASURE);
	if (needed > SIZE.height - FRAME) {
		await page.setViewportSize({ ...SIZE, height: needed + FRAME });
		await page.waitForTimeout(200);
	}
	await evaluate(ANNOTATE, wordsOf(form));
	const { left, top, width, bottom } = await evaluate<Measures>(MEASURE);
	await page.screenshot({ path: file, clip: { x: left - 420, y: top, width: width + 420, height: bottom - top + 16 } });
}

/** Takes pictures of the form of a new credential of each type. */
async function takeCredentials(
	editor: Editor,
	{ host }: Fixture,
	fileOf: (name: string) => string,
	wanted: (name: string) => boolean,
): Promise<void> {
	const { page } = editor;
	for (const { name, vendor } of vendors.filter((parts) => wanted(`${parts.name} credential`))) {
		const form: Form = { title: name, description: descriptions[name], parameters: {} };
		await editor.openWorkflow(await host.rest.createWorkflow({ nodes: [nodeOf(form)], connections: {} }));
		await editor.openNode(name);
		await editor.part('node-credentials-select').first().click();
		await editor.part('node-credentials-select-item-new').locator('visible=true').first().click();
		const dialog = editor.part('credential-edit-dialog');
		await dialog.waitFor();
		await page.addStyleTag({
			content:
				'[data-test-id="credential-edit-dialog"], [data-test-id="credential-edit-dialog"] * { max-height: none !important }',
		});
		await page.waitForTimeout(600);
		await page.screenshot({ path: fileOf(`${vendor.credential} new`) });
	}
}

/**
 * Takes a picture of every form: all operations of all nodes and the other ways of their choices, the triggers, the credentials.
 *
 * @param only words that the name of a form has to hold
 */
export async function takeFormPictures(editor: Editor, fixture: Fixture, scheme: Scheme, only = ''): Promise<number> {
	const folder = path.join(FORM_PICTURES, scheme);
	mkdirSync(folder, { recursive: true });
	const fileOf = (name: string) => path.join(folder, `${name.replaceAll(' ', '-')}.png`);
	const wanted = (name: string) => name.toLowerCase().includes(only.toLowerCase());
	let taken = 0;
	for (const forms of groups()) {
		const chosen = forms.filter(({ title }) => wanted(title));
		if (chosen.length === 0) continue;
		const file = withStoredCredentials({ nodes: chosen.map(nodeOf), connections: {} }, fixture.credentials);
		await editor.page.setViewportSize(SIZE);
		await editor.openWorkflow(await fixture.host.rest.createWorkflow(file));
		for (const form of chosen) {
			await editor.openNode(form.title);
			await takeOpenForm(editor, form, fileOf(form.title));
			await editor.closeNode();
			taken++;
		}
	}
	await takeCredentials(editor, fixture, fileOf, wanted);
	return taken;
}
