import { WoofedCrmApi } from '../../credentials/WoofedCrmApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { woofedCrm } from './vendor';

export const credentialTest = credentialTestMethods(woofedCrm, {
	credential: new WoofedCrmApi(),
	path: '/contacts/search?query%5Bid_eq%5D=0',
	member: 'pagination',
});
