import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { showsNothing } from '../base/text';
import type { CallerContext } from './connection';

/** Files of a request. */
export interface Files {
	/** Name of the form part, the same for each file. */
	part: string;
	/** Names of the item's binary properties. */
	properties: string[];
	item: number;
}

/**
 * Prepares the body of a request for all its attempts.
 *
 * It reads the files once. They stay in memory only while their item is sent, so 'Requests in Parallel' limits their
 * number.
 *
 * @returns a function that creates the body; each attempt needs a new form, because sending consumes it
 * @throws FailureError if a file cannot be read
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
		for (const [name, value] of Object.entries(body ?? {}))
			form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
		for (const { content, name } of contents) form.append(part, content, name);
		return form;
	};
}

/** Reads the files one after another. A Blob copies its bytes, so only one file at a time is in memory twice. */
async function readAll(
	{ helpers }: CallerContext,
	{ properties, item }: Files,
): Promise<Array<{ content: Blob; name: string }>> {
	const contents: Array<{ content: Blob; name: string }> = [];
	for (const property of properties) {
		if (!('assertBinaryData' in helpers)) throw new Error('Files can be sent from items only');
		const { fileName, fileExtension, mimeType } = helpers.assertBinaryData(item, property);
		const bytes = await helpers
			.getBinaryDataBuffer(item, property)
			.catch((error: Error) => unreadable(property, item, error));
		contents.push({
			content: new Blob([bytes], { type: mimeType }),
			name: nameOf(property, { fileName, fileExtension, mimeType }),
		});
	}
	return contents;
}

/** Extensions of MIME types whose subtype is not the extension. */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'application/gzip': 'gz',
	'application/msword': 'doc',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/x-zip-compressed': 'zip',
	'audio/mp4': 'm4a',
	'audio/mpeg': 'mp3',
	'image/jpeg': 'jpg',
	'image/svg+xml': 'svg',
	'text/calendar': 'ics',
	'text/javascript': 'js',
	'text/markdown': 'md',
	'text/plain': 'txt',
	'text/vcard': 'vcf',
	'video/3gpp': '3gp',
	'video/quicktime': 'mov',
};

/** A subtype that is also the extension, such as pdf, png, csv or mp4. */
const PLAIN_SUBTYPE = /^[a-z]+\/([a-z\d]{2,4})$/;

/**
 * Returns the name of a file. WhatsApp and CRMs use the extension, so a file without a name gets the extension of its
 * type.
 */
function nameOf(
	property: string,
	{ fileName, fileExtension, mimeType }: Pick<IBinaryData, 'fileName' | 'fileExtension' | 'mimeType'>,
): string {
	if (fileName !== undefined && !showsNothing(fileName)) return fileName;
	const type = mimeType.split(';')[0].trim().toLowerCase();
	const extension = fileExtension?.replace(/^\./, '') || EXTENSIONS[type] || PLAIN_SUBTYPE.exec(type)?.[1];
	return extension && !property.toLowerCase().endsWith(`.${extension}`) ? `${property}.${extension}` : property;
}

function unreadable(property: string, item: number, { message }: Error): never {
	throw new FailureError({
		message: `The file in '${property}' could not be read from n8n's storage: ${message} [item ${item}]`,
		description: 'Nothing was sent for this item. The file may have been removed. Run the node that creates it again.',
	});
}
