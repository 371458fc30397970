import { LeadSquaredApi } from '../../credentials/LeadSquaredApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { leadSquared } from './vendor';

export const credentialTest = credentialTestMethods(leadSquared, {
	credential: new LeadSquaredApi(),
	path: '/Authentication.svc/UserByAccessKey.Get',
	member: 'Id',
});
