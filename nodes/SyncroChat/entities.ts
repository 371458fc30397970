import { customFields } from './customFields';
import { templateVariables } from './templateVariables';

/** Entities whose fields the mappers of the node load from the account. */
export const entities = [customFields, templateVariables];
