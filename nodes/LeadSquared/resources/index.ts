import type { Resources } from '../../shared/form/operation';
import { activity } from './activity';
import { activityType } from './activityType';
import { opportunity } from './opportunity';
import { task } from './task';

// The first one is what a fresh node opens on.
export const resources: Resources = { task, activity, activityType, opportunity };
