import { NodeApiError, type IDataObject, type ILoadOptionsFunctions } from 'n8n-workflow';
import { listAt } from '../../nodes/shared/base/parseResponse';
import { mapperMethods } from '../../nodes/shared/editor/mapperMethods';
import { mappedChoices, mappedField, type EntityFields, type MappedField } from '../../nodes/shared/fields';
import { credentials, imagined, imaginedContext, imaginedFields, type ImaginedRun } from '../support/imagined';

/** Opens a mapper as the editor does. */
async function open(
	entity: EntityFields,
	parameters: IDataObject = {},
	body: unknown = { fields: [{ id: 'a' }, { id: 'b' }] },
) {
	const run: ImaginedRun = { output: [], requests: [], hints: [] };
	const context = imaginedContext(run, {
		answer: () => ({ body }),
		context: {
			getCurrentNodeParameters: () => parameters,
			getCurrentNodeParameter: (name: string) => parameters[name],
		} as never,
	});
	const method = mapperMethods(imagined, [entity])[entity.name];
	return { ...(await method.call(context as unknown as ILoadOptionsFunctions)), requests: run.requests };
}

test("a mapper offers the account's fields", async () => {
	expect(await open(imaginedFields)).toMatchObject({
		fields: [
			{
				id: 'a',
				displayName: 'A',
				type: 'string',
				required: false,
				display: true,
				defaultMatch: false,
				canBeUsedToMatch: false,
			},
			{ id: 'b', displayName: 'B' },
		],
		requests: [{ method: 'GET', url: '/fields', qs: {} }],
	});
});

test('an answer without the list is refused in words that the editor can show, without the keys', async () => {
	const list: EntityFields = {
		...imaginedFields,
		fields: (answer) => listAt(answer, 'fields').map(() => mappedField('a', 'A')),
	};

	const error = await open(list, {}, { echo: credentials.apiKey }).catch((thrown: Error) => thrown);

	expect(error).toBeInstanceOf(NodeApiError);
	expect((error as Error).message).toMatch(
		/^The response contains no list under 'fields', but .*\. Check that the address in the credential/,
	);
	expect((error as Error).message).not.toContain(credentials.apiKey);
});

test('an answer in a form that nobody thought of is refused in words as well', async () => {
	const careless: EntityFields = {
		...imaginedFields,
		fields: (answer) => (answer as { fields: MappedField[] }).fields.map((field) => field),
	};

	await expect(open(careless, {}, {})).rejects.toMatchObject({
		message: expect.stringContaining('returned a response that this node cannot read'),
	});
});

test('a mapper without fields says why', async () => {
	expect((await open({ ...imaginedFields, none: 'Nothing there' })).emptyFieldsNotice).toBe('Nothing there');
	expect(await open(imaginedFields)).not.toHaveProperty('emptyFieldsNotice');
});

describe('a mapper whose fields depend on a record', () => {
	const asked: EntityFields = {
		...imaginedFields,
		request: 'GET /kinds/{parent}/fields',
		dependsOn: ['kind'],
		ask: (parent) => (parent === 'none' ? undefined : { of: parent }),
		fields: (answer, parent) => [mappedField('x', `${JSON.stringify(answer)} of ${parent}`)],
	};

	test('asks by the record that is chosen, also inside a collection', async () => {
		expect((await open(asked, { kind: { __rl: true, mode: 'list', value: 'a b' } })).requests).toMatchObject([
			{ url: '/kinds/a%20b/fields', qs: { of: 'a b' } },
		]);
		expect((await open(asked, { additionalFields: { kind: 7 } })).requests).toMatchObject([
			{ url: '/kinds/7/fields', qs: { of: '7' } },
		]);
	});

	test.each([[{}], [{ kind: '={{ $json.kind }}' }], [{ kind: 'none' }]])(
		'asks nothing as long as it cannot: %j',
		async (parameters) => {
			const { fields, requests } = await open(asked, parameters);

			expect(requests).toEqual([]);
			expect(fields[0].displayName).toMatch(/^undefined of/);
		},
	);
});

test('the choices of a field show the values that are sent', () => {
	expect(mappedChoices(['a', 'b'])).toEqual({
		type: 'options',
		options: [
			{ name: 'a', value: 'a' },
			{ name: 'b', value: 'b' },
		],
	});
});
