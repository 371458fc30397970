import { choicesOf, placedFields, type Operation } from '../../nodes/shared/form/operation';
import type { Field } from '../../nodes/shared/fields';
import { vendorNames } from '../../nodes/shared/trigger/events';
import type { VendorEvent } from '../../nodes/shared/trigger/trigger';
import { documentedOperation } from '../sandbox/contract';
import { pollTriggers, triggers, type PollTriggerParts, type TriggerParts } from '../support/triggers';
import { operations, type OperationPlace, type VendorParts } from '../support/vendors';

const words: Readonly<Record<string, string>> = {
	documented: 'documented',
	'example-only': 'seen in an example of the page',
	inferred: 'inferred',
};

/** Returns how certain an operation is, according to the contract, with the reason if it is not. */
function confidenceOf({ title, parts, operation }: OperationPlace): string {
	if (operation.contract === undefined) return 'depends on the endpoint';
	const documented = documentedOperation(parts.name, operation.contract, title).operation;
	const basis = words[documented['x-confidence'] ?? 'inferred'];
	return operation.unverified ? `**beta**: ${operation.unverified}` : basis;
}

/** Returns the fields of the form in their order. A choice comes before the fields that it shows. */
function fieldsOf({ operation }: OperationPlace): string {
	const choices = choicesOf(operation.fields).map(([parameter, { label, variants }]) => ({
		parameter,
		text: `${label} (\`${parameter}\`: ${Object.values(variants)
			.map(({ name }) => name)
			.join(' or ')})`,
		variants,
	}));
	const names = placedFields(operation.fields).flatMap(({ key, field: { spec }, variant }) => {
		const choice = choices.find(({ parameter }) => parameter === variant?.parameter);
		const where = choice ? ` (with ${choice.variants[variant!.value].name})` : '';
		const name = spec.hidden ? [] : [`${spec.label} (\`${key}\`)${spec.required ? '\\*' : ''}${where}`];
		return [...(choice ? [choice.text] : []), ...name];
	});
	return [...new Set([...names, ...choices.map(({ text }) => text)])].join(', ') || '–';
}

/**
 * Returns the documented properties that are not sent, each with the reason. A field with the same name is only for the
 * form.
 */
function leftOutOf({ leftOut = {} }: Operation): string[] {
	const left = Object.entries(leftOut).map(([member, reason]) => `\`${member}\`: ${reason}`);
	return left.length > 0 ? [`Not sent: ${left.join('; ')}`] : [];
}

/** Returns a note on the order of a list, if it has no stable one. */
const orderOf = ({ many }: Operation): string[] =>
	many?.unordered
		? [`Order: ${many.unordered}; a record that appears twice meanwhile is output once, with a hint`]
		: [];

function row(place: OperationPlace): string {
	const { operation } = place;
	const request = operation.dynamicRequest ? 'any' : `\`${operation.request}\``;
	return `| ${operation.name} | ${request} | ${[fieldsOf(place), ...leftOutOf(operation), ...orderOf(operation)].join('<br>')} | [page](${operation.page}) | ${confidenceOf(place)} |`;
}

/** Returns the page about a vendor's operations, from its descriptors. */
export function operationsPage(parts: VendorParts): string {
	const ours = operations.filter((place) => place.parts === parts);
	const sections = Object.entries(parts.resources).map(([resource, { name }]) => {
		const rows = ours
			.filter((place) => place.resource === resource)
			.sort((a, b) => a.operation.name.localeCompare(b.operation.name));
		return [
			`## ${name}`,
			'',
			'| Operation | Request | Fields | Vendor | Confidence |',
			'|---|---|---|---|---|',
			...rows.map(row),
			'',
		].join('\n');
	});
	return [
		`# ${parts.vendor.name}: operations`,
		'',
		`Written from the descriptors by \`npm run docs\`. Fields with \\* are required. Paths are below \`${parts.pathPrefix || '/'}\`.`,
		'',
		...sections,
		...triggers.filter((one) => one.parts === parts).flatMap(triggerSection),
		...pollTriggers.filter((one) => one.parts === parts).flatMap(pollSection),
	].join('\n');
}

/** Returns the cell of an event: its label, its description and the fields that it shows. */
function entryOf({ name, description, fields = {} }: Pick<VendorEvent, 'name' | 'description' | 'fields'>): string {
	const asked = Object.entries(fields).map(([key, field]) => `With ${(field as Field).spec.label} (\`${key}\`)\\*`);
	return [name, ...(description ? [description] : []), ...asked].join('<br>');
}

/** Returns the section about the trigger of a vendor. */
function triggerSection({ trigger }: TriggerParts): string[] {
	const rows = Object.entries(trigger.events).map(([key, event]) => {
		const { page, confidence } = event;
		const kind = event.is ? ' (only some)' : '';
		return `| ${entryOf(event)} | \`${key}\` | ${vendorNames(key, event)
			.map((name) => `\`${name}\``)
			.join(', ')}${kind} | [page](${page}) | ${words[confidence] ?? confidence} |`;
	});
	const others =
		trigger.otherEvents === undefined
			? []
			: ["For other events, enter the vendor's own names under *Other Events*.", ''];
	return [
		'## Trigger',
		'',
		...others,
		"| Trigger On | `event` in the output | Vendor's event | Vendor | Confidence |",
		'|---|---|---|---|---|',
		...rows.sort(),
		'',
	];
}

/** Returns the file of that page, from the root of the project. */
export const operationsPageFile = ({ name }: VendorParts): string => `docs/operations/${name}.md`;

/** Returns the section about the polling trigger of a vendor. */
function pollSection({ pollTrigger }: PollTriggerParts): string[] {
	const rows = Object.entries(pollTrigger.events).map(
		([key, { request, page, confidence, ...event }]) =>
			`| ${entryOf(event)} | \`${key}\` | \`${request}\` | [page](${page}) | ${words[confidence]} |`,
	);
	return [
		'## Polling Trigger',
		'',
		'| Trigger On | `event` in the output | Request | Vendor | Confidence |',
		'|---|---|---|---|---|',
		...rows.sort(),
		'',
	];
}
