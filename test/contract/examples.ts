import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolve, type Contract, type ContractOperation, type Schema } from '../sandbox/contract';

type Content = Record<string, { example?: unknown; examples?: Record<string, Schema> }>;

/** The examples of an operation's answers, for the statuses that fit. */
export function examplesOf(
	contract: Contract,
	{ responses }: ContractOperation,
	fits: RegExp,
): Array<{ status: string; body: unknown }> {
	return Object.entries(responses as Record<string, Schema>)
		.filter(([status]) => fits.test(status))
		.flatMap(([status, response]) =>
			bodies(contract, (resolve(contract, response).content ?? {}) as Content).map((body) => ({ status, body })),
		);
}

function bodies(contract: Contract, content: Content): unknown[] {
	return Object.values(content).flatMap(({ example, examples = {} }) => [
		...(example === undefined ? [] : [example]),
		...Object.values(examples).map((one) => resolve(contract, one).value),
	]);
}

/** What a real WoofedCRM server of 2024 answered. */
export function observedAnswers(): Array<{
	name: string;
	method: string;
	path: string;
	status: number;
	body: unknown;
}> {
	const lines = readFileSync(path.join(__dirname, '..', 'observed', 'woofedcrm.jsonl'), 'utf8')
		.trim()
		.split('\n');
	const recorded = lines.map(
		(line) => JSON.parse(line) as { name: string; method: string; path: string; status: number; response: unknown },
	);
	return recorded.map(({ response, ...request }) => ({ ...request, body: response }));
}
