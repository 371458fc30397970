import type { IDataObject } from 'n8n-workflow';
import { integer } from '../../nodes/shared/fields';
import type { Operation } from '../../nodes/shared/form/operation';
import { runImagined, type ImaginedRequest } from '../support/imagined';

const reads: Partial<Operation> = {
	request: 'GET /things',
	effect: 'reads',
	fields: { id: integer('ID').open() },
	converter: async (ask) => {
		const types = (await ask({ method: 'GET', path: '/types', query: {}, effect: 'reads' })) as IDataObject;
		return (record) =>
			Object.fromEntries(
				Object.entries(record).map(([name, value]) => [name, types[name] === 'number' ? Number(value) : value]),
			);
	},
};
const wanted = { options: { convertTypes: true } };
const answer = ({ url }: ImaginedRequest) => ({
	body: url === '/types' ? { size: 'number' } : { size: '7', name: '8' },
});
const urlsOf = (requests: readonly ImaginedRequest[]) => requests.map(({ url }) => url);

test('records come as the vendor gave them, and types are not asked for, unless the user wants it', async () => {
	const { output, requests } = await runImagined(reads, { items: [{ id: 1 }], answer });

	expect(output.map(({ json }) => json)).toEqual([{ size: '7', name: '8' }]);
	expect(urlsOf(requests)).toEqual(['/things']);
});

test('types are asked for once for all items that want them', async () => {
	const { output, requests } = await runImagined(reads, {
		items: [{ id: 1, ...wanted }, { id: 2 }, { id: 3, ...wanted }, { id: 4, ...wanted }],
		answer,
	});

	expect(output.map(({ json }) => json.size)).toEqual([7, '7', 7, 7]);
	expect(urlsOf(requests).filter((url) => url === '/types')).toHaveLength(1);
	expect(requests).toHaveLength(5);
});

test('converted records are simplified as others are', async () => {
	const { output } = await runImagined(
		{ ...reads, simple: ['size'] },
		{ items: [{ id: 1, simplify: true, ...wanted }], answer },
	);

	expect(output.map(({ json }) => json)).toEqual([{ size: 7 }]);
});

test('where the types cannot be read, an item fails before it asks, and a later one asks again', async () => {
	let asked = 0;
	const broken = (request: ImaginedRequest) =>
		request.url === '/types' && (asked += 1) === 1 ? { status: 403, body: { message: 'No' } } : answer(request);
	const options = { convertTypes: true, requestsInParallel: 1 };

	const { output, requests } = await runImagined(reads, {
		items: [
			{ id: 1, options },
			{ id: 2, options },
		],
		answer: broken,
		goesOn: true,
	});

	expect(output[0].json.error).toMatchObject({ message: 'Imagined CRM refused the request: No', httpCode: 403 });
	expect(output[1].json).toEqual({ size: 7, name: '8' });
	expect(urlsOf(requests)).toEqual(['/types', '/types', '/things']);
});
