import { customFields } from './customFields';
import { templateVariables } from './templateVariables';

/** The fields of the account that a mapper of the node offers. */
export const entities = [customFields, templateVariables];
