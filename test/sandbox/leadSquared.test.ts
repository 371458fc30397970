import { problemsOf } from './answers';
import { callTo } from './caller';
import { contractOf, operationsOf } from './contract';
import { asyncHost, requests, type Asked } from './leadSquaredRequests';
import { startVendor, type RunningVendor } from './server';
import { leadSquaredSandbox } from '../vendors/leadSquared/sandbox';

const { handlers, writes } = leadSquaredSandbox();
let leadSquared: RunningVendor;

const open = async () => void (leadSquared = await startVendor(leadSquaredSandbox()));
const close = async () => await leadSquared.close();

test('all operations are played but those of the asynchronous host', () => {
	const missing = operationsOf(contractOf('leadSquared')).flatMap(({ operation: { operationId } }) =>
		handlers[operationId] ? [] : [operationId],
	);

	expect(missing).toEqual(asyncHost);
});

/** Asks once, and says what the vendor recorded, and what the answer breaks of the contract. */
async function ask({ operationId, method, route, body }: Asked) {
	leadSquared.reset();
	const { status } = await callTo({ leadSquared }, 'leadSquared', method, route, body);
	const [{ answer, problems, applied }] = leadSquared.requests;
	return { status, problems, applied, broken: problemsOf('leadSquared', operationId, answer!) };
}

describe('what a read answers is what the contract promises, and it changes nothing', () => {
	beforeAll(open);
	afterAll(close);

	test.each(requests.filter(({ operationId }) => !writes!.has(operationId)))('$operationId', async (request) => {
		expect(await ask(request)).toEqual({ status: 200, problems: undefined, applied: false, broken: [] });
	});
});

describe('what a write answers is what the contract promises, and it was applied, with GET as well', () => {
	beforeEach(open);
	afterEach(close);

	test.each(requests.filter(({ operationId }) => writes!.has(operationId)))('$operationId', async (request) => {
		expect(await ask(request)).toEqual({ status: 200, problems: undefined, applied: true, broken: [] });
	});
});
