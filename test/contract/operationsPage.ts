import { placedFields } from '../../nodes/shared/operation';
import { contractOf, operationsOf } from '../sandbox/contract';
import { operations, type OperationPlace, type VendorParts } from '../support/vendors';

const words: Readonly<Record<string, string>> = { documented: 'documented', 'example-only': 'seen in an example of the page', inferred: 'inferred' };

/** How sure the contract is of an operation, and why when it is not. */
function confidenceOf({ parts, operation }: OperationPlace): string {
	const found = operationsOf(contractOf(parts.name)).find((candidate) => candidate.operation.operationId === operation.contract);
	const basis = words[found?.operation['x-confidence'] ?? 'inferred'];
	return operation.unverified ? `**unverified**: ${operation.unverified}` : basis;
}

function fieldsOf({ operation }: OperationPlace): string {
	const shown = placedFields(operation.fields).filter(({ field }) => !field.spec.hidden);
	const names = shown.map(({ key, field }) => `${field.spec.label} (\`${key}\`)${field.spec.required ? '\\*' : ''}`);
	return [...new Set(names)].join(', ') || '–';
}

function row(place: OperationPlace): string {
	const { operation } = place;
	const left = Object.entries(operation.leftOut ?? {}).map(([member, reason]) => `\`${member}\`: ${reason}`);
	const fields = [fieldsOf(place), ...(left.length > 0 ? [`Not offered: ${left.join('; ')}`] : [])].join('<br>');
	return `| ${operation.name} | \`${operation.request}\` | ${fields} | [page](${operation.page}) | ${confidenceOf(place)} |`;
}

/** The page about a vendor's operations, from its descriptors. */
export function operationsPage(parts: VendorParts): string {
	const ours = operations.filter((place) => place.parts === parts);
	const sections = Object.entries(parts.resources).map(([resource, { name }]) => {
		const rows = ours.filter((place) => place.resource === resource).sort((a, b) => a.operation.name.localeCompare(b.operation.name));
		return [`## ${name}`, '', '| Operation | Request | Fields | Vendor | Confidence |', '|---|---|---|---|---|', ...rows.map(row), ''].join('\n');
	});
	return [`# ${parts.vendor.name}: operations`, '', `Written from the descriptors by \`npm run docs\`. Fields with \\* are required. Paths are below \`${parts.pathPrefix || '/'}\`.`, '', ...sections].join('\n');
}

/** File of that page, from the root of the project. */
export const operationsPageFile = ({ name }: VendorParts): string => `docs/operations/${name}.md`;
