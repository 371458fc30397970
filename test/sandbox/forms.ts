import { createHash } from 'node:crypto';
import type { Recorded } from './types';

/** A file of a form, by what can be compared. */
export interface UploadedFile {
	name: string;
	type: string;
	size: number;
	sha256: string;
}

/** A form as an object: text parts as text, file parts as lists. */
export async function formOf(body: Buffer, type: string): Promise<Record<string, string | UploadedFile[]>> {
	const parts: Record<string, string | UploadedFile[]> = {};
	for (const [name, part] of await new Response(body, { headers: { 'content-type': type } }).formData()) {
		if (typeof part === 'string') {
			parts[name] = part;
			continue;
		}
		const sha256 = createHash('sha256')
			.update(Buffer.from(await part.arrayBuffer()))
			.digest('hex');
		parts[name] = [
			...((parts[name] as UploadedFile[] | undefined) ?? []),
			{ name: part.name, type: part.type, size: part.size, sha256 },
		];
	}
	return parts;
}

export const isForm = (headers: Recorded['headers']) =>
	headers['content-type']?.startsWith('multipart/form-data') === true;

/** A form as its schema sees it, where a file is text. */
export function formForCheck(form: unknown): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(form as object).map(([name, part]) => [
			name,
			Array.isArray(part) ? part.map((file: UploadedFile) => file.name) : (part as string),
		]),
	);
}
