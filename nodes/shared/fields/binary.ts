import { z } from '../base/zod';
import { Field } from './field';
import { list } from './structures';
import { text } from './text';

/**
 * Files of the item, as names of its binary properties. A request with such a field goes out as multipart, with one
 * part for each file.
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
			hint: 'The name of the input binary field containing the file to be uploaded; several names with commas',
		},
		// The list would take a missing value for a name.
		schema: (context) =>
			z
				.unknown()
				.refine((value) => value !== undefined)
				.pipe(spec.schema(context))
				.pipe(z.array(z.string()).min(1)),
		binary: true,
	});
}
