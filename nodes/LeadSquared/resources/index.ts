import type { Resources } from '../../shared/form/operation';
import { activity } from './activity';
import { activityType } from './activityType';
import { api } from './api';
import { lead } from './lead';
import { leadField } from './leadField';
import { note } from './note';
import { opportunity } from './opportunity';
import { task } from './task';

// A fresh node opens on the first one.
export const resources: Resources = { task, activity, activityType, api, lead, leadField, note, opportunity };
