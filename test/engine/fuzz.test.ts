import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { COLLECTIONS } from '../../nodes/shared/form/collections';
import { controlFields, optionFields } from '../../nodes/shared/form/controls';
import { choicesOf, collectionOf, placedFields } from '../../nodes/shared/form/operation';
import { namedOne, rounds, WORDS_OF_THE_LANGUAGE } from '../support/hostile';
import { hostileValue } from '../support/hostileValues';
import { Bench, failureIn } from '../support/run';
import { steps, type Step } from './samples/steps';

const bench = new Bench();

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** One parameter of a form: its name, and the collection it stands in. */
interface Target {
	step: Step;
	name: string;
	collection?: string;
}

/** Requests of the user's own have a test of their own, because no contract knows them. */
const targets: Target[] = steps
	.filter(({ place }) => place.operation.contract !== undefined)
	.flatMap((step) => {
		const { operation, parts } = step.place;
		const fields = placedFields(operation.fields).filter(({ field }) => !field.spec.hidden);
		const collection = collectionOf(operation);
		return [
			...fields.map(({ key, open }) => ({ step, name: key, collection: open ? undefined : collection })),
			...choicesOf(operation.fields).map(([name]) => ({ step, name })),
			...Object.keys(optionFields(parts.vendor)).map((name) => ({ step, name, collection: 'options' })),
			...(operation.many ? ['returnAll', 'limit'] : []).map((name) => ({ step, name })),
			...(operation.simple ? [{ step, name: 'simplify' }] : []),
		];
	});
const nameOf = ({ step, name, collection }: Target) =>
	`${step.node}: ${step.name}: ${collection ? `${collection}.` : ''}${name}`;

/** The form with one value changed; the second of two items keeps the value of the sample. */
function formWith(
	{ step: { parameters }, name, collection }: Target,
	value: unknown,
): { parameters: IDataObject; items: IDataObject[] } {
	const isExpression = typeof value === 'string' && value.startsWith('={{');
	const items = [{ value: isExpression ? null : value }] as IDataObject[];
	const given = (isExpression ? value : '={{ $json.value }}') as string;
	if (!collection) return { parameters: { ...parameters, [name]: given }, items };
	return {
		parameters: {
			...parameters,
			[collection]: { ...(parameters[collection] as IDataObject | undefined), [name]: given },
		},
		items,
	};
}

/** Labels that a refusal may name: those of the form. */
function labelsOf({ place: { operation, parts } }: Step): string[] {
	const fields = [
		...placedFields(operation.fields).map(({ field }) => field),
		...Object.values(controlFields),
		...(Object.values(optionFields(parts.vendor)) as Array<typeof controlFields.limit>),
	];
	return [
		...fields.map(({ spec }) => spec.label),
		...choicesOf(operation.fields).map(([, { label }]) => label),
		'Fields to Clear',
		'Update Fields',
		...COLLECTIONS,
	];
}

test('whatever stands in a field, nothing is sent that the contract refuses, and a refusal names field and item', async () => {
	await fc.assert(
		fc.asyncProperty(namedOne(targets, nameOf), hostileValue, async (one, value) => {
			const { node, binary } = one.step;
			const { parameters, items } = formWith(one, value);
			bench.sandbox.reset();

			const run = await bench.run(node, parameters, {
				items,
				binary: binary && [binary],
				settings: { onError: 'continueRegularOutput' },
			});

			const { requests } = bench.sandbox.vendors[node];
			expect(requests.map(({ operationId, problems }) => ({ operationId, problems }))).toEqual(
				requests.map(() => ({ operationId: expect.any(String), problems: undefined })),
			);
			const failed = [...run.items.map(failureIn), run.error ? { message: run.error.message } : {}].filter(
				({ message }) => message !== undefined,
			);
			for (const { message } of failed) {
				expect(message).not.toMatch(WORDS_OF_THE_LANGUAGE);
				// An address of 100,000 characters gets to no vendor: Node's own server refuses it.
				if (requests.length === 0 && !/refused the request|nothing to update/.test(message!)) {
					expect(message).toMatch(/\[item 0\]/);
					expect(labelsOf(one.step).filter((label) => message!.includes(`'${label}'`))).not.toEqual([]);
				}
			}
			const credentials = Object.values(bench.sandbox.credentials[`${node}Api`]).filter((secret) =>
				/sandbox/.test(String(secret)),
			);
			expect(credentials.filter((secret) => JSON.stringify(run.run).includes(String(secret)))).toEqual([]);
		}),
		{ numRuns: rounds(500) },
	);
}, 3_600_000);
