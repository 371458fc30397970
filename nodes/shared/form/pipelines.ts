import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { listLabel, toText } from '../base/json';
import { listAt } from '../base/parseResponse';

/** A pipeline with the properties that drop-downs need. */
export interface Pipeline<Stage extends { id: number; name: string } = { id: number; name: string }> {
	id: number;
	name: string;
	stages: Stage[];
}

/** Returns the stages of all pipelines, or of the pipeline with the ID `parent`, each with the name of its pipeline. */
export function stagesOf<Stage extends { id: number; name: string }>(
	pipelines: ReadonlyArray<Pipeline<Stage>>,
	parent?: string,
): Array<Stage & { pipeline: string }> {
	const wanted = pipelines.filter(({ id }) => parent === undefined || toText(id) === parent);
	return wanted.flatMap((pipeline) =>
		(listAt(pipeline, 'stages') as unknown as Stage[]).map((stage) => ({ ...stage, pipeline: pipeline.name })),
	);
}

/** Returns the option of a drop-down for a record with a name and, if it is a stage, a pipeline. */
export function namedEntry({ id, name, pipeline }: IDataObject): INodeListSearchItems {
	return { name: listLabel(name, pipeline), value: id as number };
}
