import { formatValue } from '../base/formatValue';
import { tidy } from '../base/text';
import { z } from '../base/zod';
import { addProblem } from './problem';
import { Field } from './field';
import { text } from './text';

/** What a path may not hold, plain or encoded, because an address with it could lead elsewhere. */
const OUTSIDE: ReadonlyArray<readonly [RegExp, string]> = [
	[/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, 'takes no control characters'],
	[/\\/, 'takes no backslash'],
	[/^[a-z][a-z\d+.-]*:/i, 'takes what comes after the root of the API, without https:// and host'],
	[/\/\//, 'takes no double slash'],
	[/@/, 'takes no @'],
	[/\.\.|(^|\/)\.(\/|$)/, 'takes no "." or ".." that leads out of the API'],
];

/** What starts another part of an address; encoded it is part of a name. */
const BEYOND: ReadonlyArray<readonly [RegExp, string]> = [
	[/\?/, "takes no query: write what follows the question mark under 'Query Parameters'"],
	[/#/, 'takes no #'],
];

const ENCODED = /(%[\da-f]{2})/i;

/** Encoded characters that would divide a path, or be decoded once more. */
const HIDDEN = /%(2f|25)/i;

/**
 * A path below the root of a vendor's API, as the user writes it. It cannot leave the host or the root: whatever could is
 * refused, also in encoded form. What else an address cannot hold is encoded, and what is encoded already stays so.
 */
export function apiPath(label: string): Field<string, false> {
	const { spec } = text(label);
	return new Field<string, false>({
		...spec,
		expects: 'a path below the root of the API, such as /tasks/45',
		schema: (context) =>
			spec.schema(context).transform((given: string, check) => {
				const path = tidy(given);
				const problem = problemWith(path);
				if (problem !== undefined) addProblem(check, { problem: `${problem}, and got ${formatValue(path)}` });
				return problem === undefined ? withSlash(encoded(path)) : z.NEVER;
			}),
	});
}

function problemWith(path: string): string | undefined {
	const decoded = whole(() => decodeURIComponent(path));
	if (decoded === undefined || whole(() => encodeURI(path)) === undefined)
		return 'takes text in which every % begins an encoded character';
	const breaks = ([pattern]: readonly [RegExp, string]) => pattern.test(path) || pattern.test(decoded);
	const found = OUTSIDE.find(breaks) ?? BEYOND.find(([pattern]) => pattern.test(path));
	if (found) return found[1];
	return HIDDEN.test(path) ? 'takes no encoded slash or percent sign' : undefined;
}

/** What a function of the language gives, which throws for halves of characters. */
function whole(work: () => string): string | undefined {
	try {
		return work();
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
