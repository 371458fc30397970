import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { NodeName } from '../../support/run';
import { syncroChatSamples } from './syncroChat';
import { weglySamples } from './wegly';
import { woofedCrmSamples } from './woofedCrm';

/** The form of an operation filled in, with ids that a fresh sandbox knows. */
export interface Sample {
	name: string;
	node: NodeName;
	parameters: IDataObject;
	/** Files of the item. */
	binary?: IBinaryKeyData;
}

/** One sample for each operation that no example workflow uses. */
export const samples: Sample[] = [...syncroChatSamples, ...weglySamples, ...woofedCrmSamples];
