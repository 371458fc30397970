import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import type { CallerContext } from './connection';

/** Files that go with a request. */
export interface Files {
	/** Name of the part, the same for each file. */
	part: string;
	/** Names of the item's binary properties. */
	properties: string[];
	item: number;
}

/**
 * Prepares the body of a request for all its attempts. Files are read here, once, and belong to nobody else: those of
 * an item are in memory only while that item is sent, so that 'Requests in Parallel' bounds how many are.
 *
 * @returns a maker of bodies: a form is used up when it is sent, so that each attempt needs a fresh one
 * @throws FailureError when a file cannot be read
 */
export async function bodyMaker(
	context: CallerContext,
	body: IDataObject | unknown[] | undefined,
	files: Files | undefined,
): Promise<() => IDataObject | unknown[] | FormData | undefined> {
	if (!files) return () => body;
	const { part } = files;
	const contents = await readAll(context, files);
	return () => {
		const form = new FormData();
		for (const [name, value] of Object.entries(body ?? {})) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
		for (const { content, name } of contents) form.append(part, content, name);
		return form;
	};
}

/** A blob has a copy of its bytes: read one after another, no more than one file is there twice. */
async function readAll({ helpers }: CallerContext, { properties, item }: Files): Promise<Array<{ content: Blob; name: string }>> {
	const contents: Array<{ content: Blob; name: string }> = [];
	for (const property of properties) {
		if (!('assertBinaryData' in helpers)) throw new Error('Files can be sent from items only');
		const { fileName, mimeType } = helpers.assertBinaryData(item, property);
		const bytes = await helpers.getBinaryDataBuffer(item, property).catch((error: Error) => unreadable(property, item, error));
		contents.push({ content: new Blob([bytes], { type: mimeType }), name: fileName ?? property });
	}
	return contents;
}

function unreadable(property: string, item: number, { message }: Error): never {
	throw new FailureError({
		headline: `The file in '${property}' could not be read from n8n's storage: ${message} [item ${item}]`,
		advice: 'Nothing was sent for this item. The file may have been removed since: run the node that makes it again.',
	});
}
