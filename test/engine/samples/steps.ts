import type { IDataObject } from 'n8n-workflow';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pack, type NodeName } from '../../support/run';
import { operations, vendors, type OperationPlace } from '../../support/vendors';
import type { WorkflowFile } from '../engine';
import type { Sample } from './sample';
import { derivedSample } from './derived';
import { inSandbox } from '../../vendors/leadSquared/taskSamples';

const folder = path.join(__dirname, '..', '..', '..', 'examples');

/** Every step of the example workflows, with ids that the sandbox knows. */
const exampleSteps: Sample[] = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.flatMap((file) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowFile).nodes)
	.filter(({ type }) => pack.nodeTypes[type] !== undefined)
	.map(({ name, type, parameters }) => {
		const text = JSON.stringify(parameters)
			.replaceAll('={{ $json.id }}', '45')
			.replaceAll('={{ $json.Id }}', inSandbox.toDo);
		return { name, node: type.split('.')[1] as NodeName, parameters: JSON.parse(text) as IDataObject };
	});

/** A filled-in form with the operation that it is of. */
export interface Step extends Sample {
	place: OperationPlace;
}

/** @throws Error when the vendor has no such operation */
function placeOf({ name, node, parameters: { resource, operation } }: Sample): OperationPlace {
	const ofNode = operations.filter(({ parts }) => parts.name === node);
	const found = ofNode.find((place) => place.resource === resource && place.value === operation);
	if (found) return found;
	const known = ofNode.map((place) => `${place.resource} ${place.value}`).join(', ');
	throw new Error(
		`The sample or example '${name}' of ${node} is of '${String(resource)} ${String(operation)}', which does not exist; known are ${known}`,
	);
}

const given: Step[] = [...exampleSteps, ...vendors.flatMap(({ samples }) => samples)].map((sample) => ({
	...sample,
	place: placeOf(sample),
}));

const derived: Step[] = operations
	.filter((place) => given.every((step) => step.place !== place))
	.flatMap((place) => {
		const sample = derivedSample(place);
		return sample ? [{ ...sample, place }] : [];
	});

/** Steps that together use every operation of every node. */
export const steps: Step[] = [...given, ...derived];

/** Whether an operation only looks. */
export const isRead = ({ place: { operation } }: Step): boolean => operation.effect === 'reads';
