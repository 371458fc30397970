import type { IDataObject } from 'n8n-workflow';
import type { Trigger } from '../shared/trigger/trigger';
import { events } from './events';
import { EVENT_HEADER, SECRET_HEADER, subscription } from './subscription';
import { leadSquared } from './vendor';

const isName = (value: unknown): value is string => typeof value === 'string';

/** A change of a lead arrives as Before and After. Activities may arrive as a list. https://apidocs.leadsquared.com/webhooks/ */
const recordOf = ({ After, ...body }: IDataObject): unknown => After ?? body;

export const trigger: Trigger = {
	vendor: leadSquared,
	events,
	eventOf: ({ headers }) => [headers[EVENT_HEADER]].find(isName),
	recordOf,
	grouped: true,
	// https://apidocs.leadsquared.com/webhooks/
	acknowledgment: { Status: 'Success', StatusReason: '' },
	notOffered: {
		Lead_Post_Stage_Change: 'integrators report that LeadSquared refuses it',
		Lead_Field_Change: 'the property for the field is not documented',
		OpportunityField_Post_Update: 'the property for the field is not documented',
		OpportunityStage_Post_Update: 'the property for the stage is not documented',
	},
	signature: { kind: 'header', header: SECRET_HEADER, page: 'https://apidocs.leadsquared.com/create-a-webhook/' },
	subscription,
};
