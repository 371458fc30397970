import { formatValue } from '../base/formatValue';
import { tidy } from '../base/text';
import { z } from '../base/zod';
import { addProblem } from './problem';
import { Field } from './field';
import { text } from './text';

/** A pattern that refuses a path, the text of the error and a suggestion. */
type Refused = readonly [pattern: RegExp, problem: string, suggestion?: string];

/** Patterns that refuse a path, plain or encoded, because the request could leave the host or the root of the API. */
const REFUSED_ANYWHERE: readonly Refused[] = [
	[/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, 'must not contain control characters'],
	[/\\/, 'must not contain a backslash'],
	[/^[a-z][a-z\d+.-]*:/i, 'must be the path below the root of the API, without https:// and host'],
	[/\/\//, 'must not contain a double slash'],
	[/@/, 'must not contain @'],
	[/\.\.|(^|\/)\.(\/|$)/, 'must not contain a "." or ".." that leads out of the API'],
];

/** Patterns that refuse a plain path only: encoded, these characters belong to a name. */
const REFUSED_PLAIN: readonly Refused[] = [
	[/\?/, 'must not contain a question mark', "Enter the query under 'Query Parameters'."],
	[/#/, 'must not contain #'],
];

const ENCODED = /(%[\da-f]{2})/i;

/** An encoded slash or percent sign. Decoding it would split the path or start another encoded character. */
const REFUSED_ENCODED: Refused = [/%(2f|25)/i, 'must not contain an encoded slash or percent sign'];

/**
 * Returns a field for a path below the root of a vendor's API.
 *
 * The field refuses every path that could leave the host or the root, also in encoded form. It encodes the characters
 * that an address cannot contain and keeps those that are already encoded.
 *
 * @example apiPath('Path').required().local()
 */
export function apiPath(label: string): Field<string> {
	const { spec } = text(label);
	return new Field<string>({
		...spec,
		expects: 'a path below the root of the API, like /tasks/45',
		schema: (context) =>
			spec.schema(context).transform((given: string, check) => {
				const path = tidy(given);
				const refused = refusedBy(path);
				if (!refused) return withSlash(encoded(path));
				const [, problem, suggestion] = refused;
				addProblem(check, { problem: `${problem}, but is ${formatValue(path)}`, suggestion });
				return z.NEVER;
			}),
	});
}

function refusedBy(path: string): Refused | undefined {
	const decoded = textOrUndefined(() => decodeURIComponent(path));
	if (decoded === undefined || textOrUndefined(() => encodeURI(path)) === undefined)
		return [ENCODED, 'must be a path in which every % starts an encoded character'];
	return (
		REFUSED_ANYWHERE.find(([pattern]) => pattern.test(path) || pattern.test(decoded)) ??
		[...REFUSED_PLAIN, REFUSED_ENCODED].find(([pattern]) => pattern.test(path))
	);
}

/** Returns the text, or undefined if JavaScript throws because the path contains half a character. */
function textOrUndefined(convert: () => string): string | undefined {
	try {
		return convert();
	} catch {
		return undefined;
	}
}

const encoded = (path: string) =>
	path
		.split(ENCODED)
		.map((part) => (ENCODED.test(part) ? part : encodeURI(part)))
		.join('');

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`);
