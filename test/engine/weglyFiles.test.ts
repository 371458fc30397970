import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { createHash, randomBytes } from 'node:crypto';
import { seeded } from '../vendors/wegly/records';
import { Bench, failureIn } from '../support/run';

const bench = new Bench();
const upload = { resource: 'file', operation: 'upload', files: 'data', crm_deal_id: seeded.deal };

/** A file as n8n hands it on, and as the sandbox is to record it. */
function fileOf(name: string, type: string, bytes: Buffer) {
	const binary: IBinaryData = { data: bytes.toString('base64'), mimeType: type, fileName: name };
	return {
		binary,
		arrived: { name, type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
	};
}

const contract = fileOf('Contrato assinado – João "v2".pdf', 'application/pdf', randomBytes(70_001));
const photo = fileOf('foto.png', 'image/png', Buffer.from([0, 255, 13, 10, 45, 45, 13, 10]));

test('a file arrives with its bytes, name and type, beside the text members', async () => {
	const { items, error } = await bench.run(
		'wegly',
		{ ...upload, additionalFields: { title: 'Contrato', note: 'Cópia assinada', deal_code: 1024 } },
		{ binary: [{ data: contract.binary }] },
	);

	expect(error).toBeUndefined();
	expect(bench.sent('wegly')).toEqual([
		{
			method: 'POST',
			path: '/integrations/external/files/batches',
			query: {},
			body: {
				crm_deal_id: seeded.deal,
				deal_code: '1024',
				title: 'Contrato',
				note: 'Cópia assinada',
				files: [contract.arrived],
			},
		},
	]);
	expect(bench.sandbox.vendors.wegly.requests[0]).toMatchObject({
		problems: undefined,
		headers: { accept: 'application/json', 'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/) },
	});
	expect(items).toEqual([
		{
			json: expect.objectContaining({ title: 'Contrato', files_count: 1, total_size: 70_001 }),
			pairedItem: { item: 0 },
		},
	]);
});

test.each([
	['the ID of a deal', { crm_deal_id: seeded.deal }, { crm_deal_id: seeded.deal }],
	['the ID of a lead', { crm_lead_id: seeded.lead }, { crm_lead_id: seeded.lead }],
	['the code of a deal', { additionalFields: { deal_code: '1024' } }, { deal_code: '1024' }],
	['the code of a lead', { additionalFields: { lead_code: '1025' } }, { lead_code: '1025' }],
])('%s alone says where a file belongs', async (_what, place, sent) => {
	const { error } = await bench.run(
		'wegly',
		{ resource: 'file', operation: 'upload', files: 'data', ...place },
		{ binary: [{ data: photo.binary }] },
	);

	expect(error?.message ?? '').not.toContain('are all empty');
	expect(bench.sent('wegly').map(({ body }) => body)).toEqual([{ ...sent, files: [photo.arrived] }]);
});

test('several files go as one batch, and each of them can be read', async () => {
	const { items } = await bench.run(
		'wegly',
		{ ...upload, files: 'data, photo' },
		{ binary: [{ data: contract.binary, photo: photo.binary }] },
	);

	expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).files)).toEqual([
		[contract.arrived, photo.arrived],
	]);
	const [, second] = items[0].json.files as IDataObject[];
	const { items: read } = await bench.run('wegly', { resource: 'file', operation: 'get', id: second.id });
	expect(read[0].json).toMatchObject({
		file_name: 'foto.png',
		mime_type: 'image/png',
		size: 8,
		crm_deal: { id: seeded.deal },
	});
});

test('a file without a name goes under the name of its property, with the extension of its type', async () => {
	await bench.run('wegly', upload, { binary: [{ data: { ...photo.binary, fileName: undefined } }] });

	expect(bench.sent('wegly')[0].body).toMatchObject({ files: [{ ...photo.arrived, name: 'data.png' }] });
});

test('each item sends its own file', async () => {
	await bench.run('wegly', upload, { binary: [{ data: contract.binary }, { data: photo.binary }] });

	expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).files)).toEqual(
		expect.arrayContaining([[contract.arrived], [photo.arrived]]),
	);
});

describe('before anything is sent', () => {
	test.each([
		['no binary data at all', undefined],
		['another binary property', { photo: photo.binary }],
	])('an item with %s is refused by the label of the field', async (_name, second) => {
		const { error } = await bench.run('wegly', upload, {
			items: [{}, {}],
			binary: [{ data: contract.binary }, ...(second ? [second] : [])],
		});

		expect(error?.message).toBe(`'Input Binary Field' must name a binary property of the item, but is "data" [item 1]`);
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 1 } });
		expect(bench.sent('wegly')).toEqual([]);
	});

	test.each(['constructor', '__proto__', 'toString'])('a name that every object has is no file: %s', async (name) => {
		const { error } = await bench.run('wegly', { ...upload, files: name }, { binary: [{ data: contract.binary }] });

		expect(error?.message).toBe(
			`'Input Binary Field' must name a binary property of the item, but is "${name}" [item 0]`,
		);
		expect(bench.sent('wegly')).toEqual([]);
	});

	test.each([
		[
			'without a target',
			{ crm_deal_id: '' },
			"'Deal ID', 'Lead ID', 'Deal Code' and 'Lead Code' are all empty. Enter one of them [item 0]",
		],
		['without a name', { files: "={{ '' }}" }, "'Input Binary Field' is required but empty [item 0]"],
		[
			'with nothing but commas',
			{ files: ' , ' },
			`'Input Binary Field' must be a comma-separated list of binary field names, but is " , " [item 0]`,
		],
	])('an upload %s is refused', async (_name, change, message) => {
		const { error } = await bench.run('wegly', { ...upload, ...change }, { binary: [{ data: photo.binary }] });

		expect(error?.message).toBe(message);
		expect(bench.sent('wegly')).toEqual([]);
	});

	test('a file that is gone from the storage fails as its item', async () => {
		const { items } = await bench.run('wegly', upload, {
			binary: [{ data: { ...photo.binary, id: 'filesystem:gone' } }, { data: photo.binary }],
			settings: { onError: 'continueRegularOutput' },
		});

		expect(failureIn(items[0]).message).toMatch(
			/^The file in 'data' could not be read from n8n's storage: .* \[item 0\]$/,
		);
		expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).files)).toEqual([[photo.arrived]]);
	});
});

test('an upload whose answer was lost is not repeated, because it may have been carried out', async () => {
	bench.sandbox.vendors.wegly.faults.add({ kind: 'lostAnswer' });

	const { items } = await bench.run('wegly', upload, {
		binary: [{ data: photo.binary }],
		settings: { onError: 'continueRegularOutput' },
	});

	expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
	expect(bench.sent('wegly')).toHaveLength(1);
});

test('an upload that Wegly put off is sent again, whole', async () => {
	bench.sandbox.vendors.wegly.faults.add({
		kind: 'answer',
		reply: { status: 429, body: { message: 'Too Many Requests' }, headers: { 'retry-after': '0' } },
		times: 1,
	});

	const { error } = await bench.run('wegly', upload, { binary: [{ data: contract.binary }] });

	expect(error).toBeUndefined();
	expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).files)).toEqual([
		[contract.arrived],
		[contract.arrived],
	]);
});
