import type { Resources } from '../../shared/form/operation';
import { account } from './account';
import { activity } from './activity';
import { activityType } from './activityType';
import { api } from './api';
import { lead } from './lead';
import { leadField } from './leadField';
import { leadList } from './list';
import { note } from './note';
import { opportunity } from './opportunity';
import { product } from './product';
import { salesActivity } from './salesActivity';
import { task } from './task';
import { user } from './user';
import { webhook } from './webhook';

// The first resource is the default of a new node.
export const resources: Resources = {
	task,
	account,
	activity,
	activityType,
	api,
	lead,
	leadField,
	list: leadList,
	note,
	opportunity,
	product,
	salesActivity,
	user,
	webhook,
};
