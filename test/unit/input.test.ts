import type { FailureError } from '../../nodes/shared/base/failure';
import { binary, dateTime, fixed, oneOf, phone, text } from '../../nodes/shared/fields';
import { FIELDS_TO_CLEAR } from '../../nodes/shared/form/collections';
import type { Operation } from '../../nodes/shared/form/operation';
import { inputReader } from '../../nodes/shared/run/input';
import { imagined, imaginedContext, imaginedOperation, imaginedPages, runImagined } from '../support/imagined';

/** What one item with these parameters sends, or why it sends nothing. */
async function sendWith(
	part: Partial<Operation>,
	parameters: Record<string, unknown>,
	more: Parameters<typeof runImagined>[1] = {},
) {
	const { requests, error } = await runImagined(part, {
		items: [{}, parameters].slice(-1),
		answer: () => ({ body: { list: [], id: 1 } }),
		...more,
	});
	return {
		query: requests[0]?.qs,
		body: requests[0]?.body,
		error: error?.message,
		description: error?.description,
		name: error?.name,
	};
}

describe('the value of a field', () => {
	const part = { fields: { open: text('Open').open(), optional: text('Optional'), kind: fixed('x') } };

	test('stands on its own for an open field, in the collection for an optional one, nowhere for a constant', async () => {
		expect(
			(
				await sendWith(part, {
					open: 'a',
					optional: 'no',
					kind: 'no',
					additionalFields: { open: 'no', optional: 'b', kind: 'no' },
				})
			).body,
		).toEqual({
			open: 'a',
			optional: 'b',
			kind: 'x',
		});
	});

	test.each<[string, Partial<Operation>, string]>([
		['a create', {}, 'additionalFields'],
		['an update', { updates: true }, 'updateFields'],
		['a list', { request: 'GET /things', effect: 'reads', many: imaginedPages }, 'filters'],
	])('of %s stands in its own collection', async (_name, more, collection) => {
		const { query, body } = await sendWith({ ...part, ...more }, { [collection]: { optional: 'b' } });

		expect({ ...query, ...body }).toMatchObject({ optional: 'b' });
	});

	test('is refused where an expression took the place of the collection', async () => {
		expect((await sendWith(part, { additionalFields: 'text' })).error).toBe(
			'\'Additional Fields\' must be a set of fields, but is "text" [item 0]',
		);
	});

	test('is not looked for in a collection where there is none', async () => {
		expect(
			(await sendWith({ fields: { open: text('Open').open() } }, { open: 'a', additionalFields: 'text' })).body,
		).toEqual({ open: 'a' });
	});

	test("takes the country of the item's options and the time zone of the workflow", async () => {
		const withPhone = { fields: { phone: phone('Phone').open(), at: dateTime('At').open() } };

		expect(
			(
				await sendWith(
					withPhone,
					{ phone: '11 98765-4321', at: '2026-07-01T09:00', options: { defaultCountry: 'BR' } },
					{ vendor: { options: { defaultCountry: text('Default Country') } } },
				)
			).body,
		).toEqual({ phone: '+5511987654321', at: '2026-07-01T12:00:00Z' });
	});
});

describe('a choice', () => {
	const part = {
		fields: {
			when: oneOf('When', {
				now: { name: 'Now', fields: { now: fixed(true) } },
				later: { name: 'Later', fields: { at: text('At').required(), kind: fixed('later') } },
			}),
			text: text('Text').required(),
		},
	};

	test('counts with its own fields only, besides those of all', async () => {
		expect((await sendWith(part, { when: 'now', at: 'x', text: 't' })).body).toEqual({ now: true, text: 't' });
		expect((await sendWith(part, { when: 'later', at: 'x', text: 't' })).body).toEqual({
			at: 'x',
			kind: 'later',
			text: 't',
		});
	});

	test.each(['never', '', undefined, 'toString'])('%j is refused', async (when) => {
		expect((await sendWith(part, { when, text: 't' })).error).toMatch(
			/^'When' (must be one of now, later, but is|is required but empty)/,
		);
	});
});

describe('a filter', () => {
	const part: Partial<Operation> = {
		request: 'GET /things',
		many: imaginedPages,
		fields: { name: text('Name'), open: text('Open').open() },
	};

	test('that is empty is refused, because the list would not be narrowed', async () => {
		expect(await sendWith(part, { filters: { name: '' } })).toMatchObject({
			error: "'Name' is empty. Enter a value or remove the field [item 0]",
			description: 'Nothing was sent for this item, because a list without its filters may return every record.',
		});
	});

	test('that stands open may be empty, and so may optional fields of anything but a list', async () => {
		expect((await sendWith(part, { open: '', filters: { open: '' } })).error).toBeUndefined();
		expect((await sendWith({ ...part, many: undefined }, { additionalFields: { name: '' } })).error).toBeUndefined();
	});
});

describe('Fields to Clear', () => {
	const part: Partial<Operation> = {
		request: 'PUT /things',
		fields: { notes: text('Notes').clearable(), name: text('Name'), other: text('Other').clearable() },
	};
	const update = async (updateFields: Record<string, unknown>, updates = true) =>
		await sendWith({ ...part, updates }, { updateFields, additionalFields: updateFields });

	test('empties what it names, and nothing else', async () => {
		expect((await update({ name: 'Ana', [FIELDS_TO_CLEAR]: ['notes'] })).body).toEqual({ name: 'Ana', notes: null });
		expect((await update({ fieldsToClear: ['other', 'notes'] })).body).toEqual({ other: null, notes: null });
		expect((await update({ name: 'Ana', fieldsToClear: [] })).body).toEqual({ name: 'Ana' });
	});

	test('sends an empty text where that empties it, and counts it as a change', async () => {
		const fields = { notes: text('Notes').clearable(''), name: text('Name') };

		const { body, error } = await sendWith(
			{ ...part, fields, updates: true },
			{ updateFields: { fieldsToClear: ['notes'] } },
		);

		expect([error, body]).toEqual([undefined, { notes: '' }]);
	});

	test.each(['name', 'unknown', 5, null])('refuses %j, which cannot be emptied', async (name) => {
		expect(await update({ notes: 'x', fieldsToClear: [name] })).toMatchObject({
			error:
				name === null
					? "'Fields to Clear' is required but empty [item 0]"
					: `'Fields to Clear' must be a name from the list, but is ${JSON.stringify(name)} [item 0]`,
			body: undefined,
		});
	});

	test('refuses a field that is given as well', async () => {
		expect(await update({ notes: 'x', fieldsToClear: ['notes'] })).toMatchObject({
			name: 'NodeOperationError',
			error: "'Notes' has a value and is also under 'Fields to Clear' [item 0]",
			description: 'Nothing was sent for this item. Remove it from one of the two.',
		});
	});

	test('is there in updates only', async () => {
		expect((await update({ name: 'Ana', fieldsToClear: ['notes'] }, false)).body).toEqual({ name: 'Ana' });
	});

	test('that is no list is none', async () => {
		expect((await update({ name: 'Ana', fieldsToClear: 'notes' })).body).toEqual({ name: 'Ana' });
	});
});

describe('a file', () => {
	const part = { fields: { name: text('Name').open(), files: binary('Files').open() } };
	const helpers = (names: string[]) => ({
		httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body: { id: 1 } }),
		assertBinaryData: (_item: number, name: string) => {
			if (name === 'broken') return undefined;
			if (!names.includes(name)) throw new Error('No such file');
			return { fileName: name, mimeType: 'text/plain' };
		},
		getBinaryDataBuffer: async () => Buffer.from('x'),
	});

	test('that the item has can be sent', async () => {
		expect(
			(await sendWith(part, { files: 'a, b' }, { context: { helpers: helpers(['a', 'b']) } })).error,
		).toBeUndefined();
	});

	test('needs not be there', async () => {
		expect(
			(await sendWith(part, { files: '', name: 'a' }, { context: { helpers: helpers([]) } })).error,
		).toBeUndefined();
	});

	test.each(['b', 'broken'])('that the item lacks (%s) is named before anything is sent', async (name) => {
		expect(await sendWith(part, { files: `a, ${name}` }, { context: { helpers: helpers(['a']) } })).toMatchObject({
			name: 'NodeOperationError',
			error: `'Files' must name a binary property of the item, but is "${name}" [item 0]`,
			description:
				'Nothing was sent for this item. Take the name from the Binary tab of the input, and make sure that the nodes before this one pass the file on.',
		});
	});

	test('of a field without files is no file', async () => {
		expect(
			(await sendWith(part, { name: 'nothing', files: 'a' }, { context: { helpers: helpers(['a']) } })).error,
		).toBeUndefined();
	});
});

describe('a rule', () => {
	const rules = [
		({ name }: { name?: string }) => (name === 'bad' ? "'Name' is bad" : undefined),
		({ name }: { name?: string }) => (name === 'worse' ? "'Name' is worse" : ''),
	] as Operation['rules'];
	const part = { fields: { name: text('Name').open() }, rules };

	test('lets pass what is fine', async () => {
		expect((await sendWith(part, { name: 'good' })).body).toEqual({ name: 'good' });
	});

	test.each(['bad', 'worse'])('refuses the item in its own words: %s', async (name) => {
		expect(await sendWith(part, { name })).toEqual({
			name: 'NodeOperationError',
			error: `'Name' is ${name} [item 0]`,
			description: 'Nothing was sent for this item.',
			query: undefined,
			body: undefined,
		});
	});
});

test.each<[string, Partial<Operation>, Record<string, unknown>]>([
	['a missing file', { fields: { files: binary('Files').open() } }, { files: 'a' }],
	[
		'a field both given and cleared',
		{ fields: { notes: text('Notes').clearable() } },
		{ updateFields: { notes: 'x', fieldsToClear: ['notes'] } },
	],
	['a broken rule', { fields: {}, rules: [() => 'No'] }, {}],
])('%s is the fault of the input', (_name, part, parameters) => {
	const context = imaginedContext({ output: [], requests: [], hints: [] }, { items: [parameters] });
	let thrown: unknown;
	try {
		inputReader(context, imaginedOperation({ ...part, updates: true }), { zone: 'UTC', formats: imagined.formats })(0);
	} catch (error) {
		thrown = error;
	}

	expect((thrown as FailureError).failure.input).toBe(true);
});
