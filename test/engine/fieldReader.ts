import type { IDataObject, INode } from 'n8n-workflow';
import { oneOf, type Fields } from '../../nodes/shared/fields';
import { collectionOf, placedFields, type Operation, type PlacedField } from '../../nodes/shared/form/operation';
import { inputReader } from '../../nodes/shared/run/input';
import { pack } from '../support/run';
import { operations, vendors } from '../support/vendors';
import { workflowOf, type NodeName } from '../support/workflows';
import { prepare } from './engine';
import { executeContext } from './engineApi';

/** Every field of every operation, with the form that shows it. */
export const placedInForms = operations.flatMap(({ title, parts, resource, value, operation }) =>
	placedFields(operation.fields).map((placed) => ({
		name: `${title}: ${placed.field.spec.label}${placed.variant ? ` (${placed.variant.value})` : ''}`,
		node: parts.name as NodeName,
		form: { resource, operation: value },
		operation,
		placed,
	})),
);
export type PlacedInForm = (typeof placedInForms)[number];

/** The operation as if it had this field alone. */
function onlyWith(operation: Operation, { key, field, variant }: PlacedField): Operation {
	const fields: Fields = variant
		? { [variant.parameter]: oneOf('', { [variant.value]: { name: '', fields: { [key]: field } } }) }
		: { [key]: field };
	return { ...operation, fields, rules: [] };
}

const nodes = new Map<NodeName, ReturnType<typeof prepare> & { opened: INode }>();

/** A node in a workflow as n8n opened it; opening takes longer than all reading. */
function openedNode(node: NodeName) {
	const known = nodes.get(node);
	if (known) return known;
	const prepared = prepare(workflowOf(node, {}), { pack, credentials: {} });
	const opened = Object.values(prepared.workflow.nodes).find(({ type }) => type.endsWith(`.${node}`))!;
	nodes.set(node, { ...prepared, opened });
	return { ...prepared, opened };
}

/**
 * Prepares the reading of one field in n8n's own context.
 *
 * @returns a reader of what the editor stored for the field, with the JSON of the item that expressions refer to
 */
export function fieldReader({
	node,
	form,
	operation,
	placed,
}: PlacedInForm): (stored: unknown, json?: IDataObject) => unknown {
	const { key, variant, open } = placed;
	const { workflow, additionalData, opened } = openedNode(node);
	const { formats } = vendors.find(({ name }) => name === node)!.vendor;
	const only = onlyWith(operation, placed);
	return (stored, json = {}) => {
		const given = open ? { [key]: stored } : { [collectionOf(operation)]: { [key]: stored } };
		opened.parameters = {
			...form,
			...(variant ? { [variant.parameter]: variant.value } : {}),
			...given,
		} as INode['parameters'];
		const context = executeContext(workflow, opened, additionalData, [{ json }]);
		return inputReader(context, only, { zone: 'UTC', formats })(0).input[key];
	};
}
