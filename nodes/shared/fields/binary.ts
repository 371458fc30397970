import { z } from '../base/zod';
import { Field } from './field';
import { list } from './structures';
import { text } from './text';

/**
 * Creates a field for files of the item, named by their binary fields. The request is sent as multipart, with one
 * part for each file.
 *
 * @example binary('Input Binary Field').required()
 */
export function binary(label: string): Field<string[]> {
	const { spec } = list(label, text('Name').tidy());
	return new Field<string[]>({
		...spec,
		wire: { type: 'array', items: { type: 'string', format: 'binary' } },
		expects: 'a comma-separated list of binary field names',
		ui: {
			type: 'string',
			default: 'data',
			hint: 'The name of the input binary field containing the file to upload. Separate several names with commas.',
		},
		// The list would accept a missing value.
		schema: (context) =>
			z
				.unknown()
				.refine((value) => value !== undefined)
				.pipe(spec.schema(context))
				.pipe(z.array(z.string()).min(1)),
		binary: true,
	});
}
