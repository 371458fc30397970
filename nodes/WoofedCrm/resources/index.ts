import { apiResource } from '../../shared/form/apiRequest';
import type { Resources } from '../../shared/form/operation';
import { searchPages } from '../vendor';
import { contact } from './contact';
import { deal } from './deal';
import { dealAssignee } from './dealAssignee';
import { dealEvent } from './dealEvent';
import { dealProduct } from './dealProduct';
import { product } from './product';
import { user } from './user';

const api = apiResource({
	page: 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/api-structure/',
	example: '/contacts/1',
	pages: {
		query: { name: 'Yes, Page in the Query', style: { ...searchPages, part: 'query' } },
		body: { name: 'Yes, Page in the Body', style: searchPages },
	},
});

export const resources: Resources = { contact, api, deal, dealAssignee, dealEvent, dealProduct, product, user };
