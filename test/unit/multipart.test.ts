import type { FailureError } from '../../nodes/shared/base/failure';
import type { CallerContext } from '../../nodes/shared/http/connection';
import { bodyMaker } from '../../nodes/shared/http/multipart';

/** A context whose item 3 has some files by the names of its binary properties. */
function contextWith(
	files: Record<string, { fileName?: string; fileExtension?: string; mimeType: string; text: string | Error }>,
): CallerContext {
	const fileOf = (item: number, property: string) => {
		expect(item).toBe(3);
		return files[property];
	};
	const helpers = {
		assertBinaryData: fileOf,
		getBinaryDataBuffer: jest.fn(async (item: number, property: string) => {
			const { text } = fileOf(item, property);
			if (text instanceof Error) throw text;
			return Buffer.from(text);
		}),
	};
	return { helpers } as unknown as CallerContext;
}

/** A form as a list of its parts. */
const partsOf = async (form: unknown) =>
	await Promise.all(
		[...(form as FormData)].map(async ([part, value]) =>
			typeof value === 'string' ? [part, value] : [part, value.name, value.type, await value.text()],
		),
	);

const two = {
	first: { fileName: 'a.pdf', mimeType: 'application/pdf', text: 'one' },
	second: { mimeType: 'text/plain', text: 'two' },
};

test('a request without files keeps its body in each attempt', async () => {
	const body = { a: 1 };

	const make = await bodyMaker(contextWith({}), body, undefined);

	expect([make(), make()]).toEqual([body, body]);
	expect((await bodyMaker(contextWith({}), undefined, undefined))()).toBeUndefined();
});

test('files are sent with the properties of the body, under one part name, with their own names and types', async () => {
	const make = await bodyMaker(
		contextWith(two),
		{ text: 'as it is', number: 1, list: ['a'] },
		{ part: 'files', properties: ['first', 'second'], item: 3 },
	);

	expect(await partsOf(make())).toEqual([
		['text', 'as it is'],
		['number', '1'],
		['list', '["a"]'],
		['files', 'a.pdf', 'application/pdf', 'one'],
		['files', 'second.txt', 'text/plain', 'two'],
	]);
});

test('each attempt has its own form, and the files are read once', async () => {
	const context = contextWith(two);
	const make = await bodyMaker(context, undefined, { part: 'files', properties: ['first'], item: 3 });
	const forms = [make(), make()];

	expect(forms[0]).not.toBe(forms[1]);
	expect(await partsOf(forms[1])).toEqual([['files', 'a.pdf', 'application/pdf', 'one']]);
	expect((context.helpers as unknown as { getBinaryDataBuffer: jest.Mock }).getBinaryDataBuffer).toHaveBeenCalledTimes(
		1,
	);
});

test('a missing file fails the item before anything is sent', async () => {
	const context = contextWith({ first: { mimeType: 'text/plain', text: new Error('ENOENT') } });

	const { failure } = (await bodyMaker(context, {}, { part: 'files', properties: ['first'], item: 3 }).catch(
		(error: Error) => error,
	)) as FailureError;

	expect(failure).toEqual({
		message: "The file in 'first' could not be read from n8n's storage: ENOENT [item 3]",
		description: 'Nothing was sent for this item. The file may have been removed. Run the node that creates it again.',
	});
});

test('a drop-down has no files', async () => {
	await expect(
		bodyMaker({ helpers: {} } as never, {}, { part: 'files', properties: ['first'], item: 3 }),
	).rejects.toThrow('Files can be sent from items only');
});

test.each([
	[{ mimeType: 'application/pdf' }, 'data.pdf'],
	[{ mimeType: 'image/jpeg' }, 'data.jpg'],
	[{ mimeType: 'text/plain; charset=utf-8' }, 'data.txt'],
	[{ mimeType: 'Audio/OGG; codecs=opus' }, 'data.ogg'],
	[{ mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }, 'data.xlsx'],
	[{ mimeType: 'application/octet-stream' }, 'data'],
	[{ mimeType: 'application/x-unknown' }, 'data'],
	[{ mimeType: '' }, 'data'],
	[{ mimeType: 'application/octet-stream', fileExtension: 'ogg' }, 'data.ogg'],
	[{ mimeType: 'image/png', fileExtension: '.webp' }, 'data.webp'],
	[{ mimeType: 'application/pdf', fileExtension: '' }, 'data.pdf'],
	[{ mimeType: 'application/pdf', fileName: ' ' }, 'data.pdf'],
	[{ mimeType: 'application/pdf', fileName: 'Contract' }, 'Contract'],
])('a file %j is sent as %s, because a file without a name takes the extension of its type', async (file, name) => {
	const make = await bodyMaker(contextWith({ data: { ...file, text: 'x' } }), undefined, {
		part: 'file',
		properties: ['data'],
		item: 3,
	});

	expect((make() as unknown as FormData).get('file')).toMatchObject({ name });
});

test('a property that is named like a file keeps its name', async () => {
	const files = { 'scan.PDF': { mimeType: 'application/pdf', text: 'x' } };
	const make = await bodyMaker(contextWith(files), undefined, { part: 'file', properties: ['scan.PDF'], item: 3 });

	expect((make() as unknown as FormData).get('file')).toMatchObject({ name: 'scan.PDF' });
});
