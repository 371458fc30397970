import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { properties } from '../../nodes/shared/form/properties';
import { outputOf } from '../../nodes/shared/trigger/delivery';
import { trigger } from '../../nodes/Wegly/trigger';
import { Bench } from '../support/run';
import { vendors, type VendorParts } from '../support/vendors';
import { steps, type Step } from './samples/steps';

const bench = new Bench();

/** Every text of a form, also inside collections, rows and choices. */
function textsIn(list: INodeProperties[]): string[] {
	return list.flatMap(({ description = '', hint = '', options = [] }) => [
		description,
		hint,
		...options.flatMap((option) =>
			'values' in option ? textsIn(option.values) : 'type' in option ? textsIn([option]) : (option.description ?? ''),
		),
	]);
}

const textsOf = ({ resources, vendor }: VendorParts) => [...new Set(textsIn(properties(resources, vendor.options)))];

/** "Chat > Get shows it in phone_number" means the member `phone_number.id`; "shows it as" names the member itself. */
const CLAIM = /([A-Z][\w ]*?) > ([A-Z][\w -]*?) shows it(?: (in|as) ([\w.]+\w))?/g;

const memberIn = (word?: string, path?: string) => (word === 'as' ? path! : word === 'in' ? `${path!}.id` : 'id');

const claims = vendors.flatMap((parts) => {
	const found = textsOf(parts).flatMap((text) => [...text.matchAll(CLAIM)]);
	const all = found.map(([, resource, operation, word, path]) => ({
		node: parts.name,
		resource,
		operation,
		member: memberIn(word, path),
	}));
	return [...new Map(all.map((claim) => [JSON.stringify(claim), claim])).values()];
});

const stepOf = (claim: (typeof claims)[number]): Step | undefined =>
	steps.find(({ node, place }) => {
		const { name } = place.parts.resources[place.resource];
		return node === claim.node && name === claim.resource && place.operation.name === claim.operation;
	});

/** A member by its dotted path, in the first record where a list stands on the way. */
function within(value: unknown, [name, ...rest]: string[]): unknown {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return name === undefined ? one : within((one as IDataObject | undefined)?.[name], rest);
}

test('texts of forms say of some IDs where an output shows them', () => {
	expect(claims.filter(({ node }) => node === 'wegly').length).toBeGreaterThan(10);
});

test.each(claims)('$node: $resource > $operation shows $member, as the form says, with Simplify on', async (claim) => {
	const step = stepOf(claim);
	const { items, error } = await bench.run(
		claim.node,
		{ ...step?.parameters, simplify: true },
		{ binary: step?.binary && [step.binary] },
	);

	expect([step?.name, error]).toEqual([expect.any(String), undefined]);
	expect(within(items[0].json, claim.member.split('.'))).toEqual(expect.anything());
});

test('the Wegly Trigger shows the ID of a new lead in record, as the form says', () => {
	const { event, record } = outputOf(trigger, { options: {} }, 'lead.created', trigger.events['lead.created'].sample);

	expect([event, record]).toEqual(['lead.created', expect.objectContaining({ id: expect.any(String) })]);
});

/** Names with an underscore or a dot inside, which are those of members. */
const MEMBER = /(?<![\w/])[a-z]+(?:[._][a-z_]+)+\b/g;
/** What is checked above, the values of choices, and parameters of the address of a page. */
const ACCOUNTED = [CLAIM, /\butm_\w+/g, /\bOne of [\w, .-]+/g];

test('no text of a form names a member of an output in other words, which nothing would check', () => {
	const unchecked = vendors.flatMap((parts) =>
		textsOf(parts).flatMap(
			(text) => ACCOUNTED.reduce<string>((rest, known) => rest.replace(known, ''), text).match(MEMBER) ?? [],
		),
	);

	expect([...new Set(unchecked)]).toEqual([]);
});
