import { contractOf, operationsOf } from '../sandbox/contract';
import { vendors, type VendorParts } from '../support/vendors';
import { examplesOf, observedAnswers } from './examples';

interface Documented {
	title: string;
	status: number;
	body: unknown;
}

/** Every example of an answer that is no success, once for each body. */
function documentedRefusals({ name }: VendorParts): Documented[] {
	const contract = contractOf(name);
	const all = operationsOf(contract).flatMap(({ operation }) =>
		examplesOf(contract, operation, /^[45]\d\d$/).map(({ status, body }) => ({
			title: `${status} ${JSON.stringify(body)}`,
			status: Number(status),
			body,
		})),
	);
	return [...new Map(all.map((one) => [one.title, one])).values()];
}

/** What a real WoofedCRM server refused with. */
const observedRefusals = observedAnswers()
	.filter(({ status }) => status >= 400)
	.map(({ name, status, body }) => ({ title: `${status} ${name}`, status, body }));

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The words for people are the longest text of a refusal; the others are codes. */
const wordsOf = (body: unknown): string | undefined => textsIn(body).sort((a, b) => b.length - a.length)[0];

const refusals = vendors.flatMap((parts) =>
	[...documentedRefusals(parts), ...(parts.name === 'woofedCrm' ? observedRefusals : [])].map((refusal) => ({
		...refusal,
		name: parts.vendor.name,
		vendor: parts.vendor,
	})),
);

test('there are refusals of each vendor to read, save of Wegly, which documents none', () => {
	const silent = vendors.filter(({ vendor }) => refusals.every((refusal) => refusal.vendor !== vendor));

	expect(silent.map(({ name }) => name)).toEqual(['wegly']);
});

test.each(refusals)('$name: the words of $title reach the user', ({ vendor, status, body }) => {
	const verdict = vendor.readResponse({ status, body, headers: {} });

	expect(verdict.kind).not.toBe('success');
	expect(verdict).toMatchObject({ message: expect.stringContaining(wordsOf(body) ?? `status ${status}`) });
});

test.each(refusals.filter(({ status }) => status === 429))(
	'$name: $title is waited out',
	({ vendor, status, body }) => {
		expect(vendor.readResponse({ status, body, headers: {} }).kind).toBe('rateLimited');
	},
);
