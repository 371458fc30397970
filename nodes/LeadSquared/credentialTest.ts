import { LeadSquaredApi } from '../../credentials/LeadSquaredApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { valueAt } from '../shared/base/json';
import { hostAdvice, hostIn } from './hosts';
import { leadSquared } from './vendor';

export const credentialTest = credentialTestMethods(leadSquared, {
	credential: new LeadSquaredApi(),
	path: '/Authentication.svc/UserByAccessKey.Get',
	member: 'Id',
	problem: ofAnotherHost,
});

/**
 * This one request is answered on every host of LeadSquared, and tells which of them answers the others.
 * https://apidocs.leadsquared.com/user-authentication/
 */
function ofAnotherHost(body: unknown, host: string): string | undefined {
	const own = hostIn(valueAt(body, 'LSQCommonServiceURLs.api'));
	const asked = hostIn(host);
	return own === undefined || asked === undefined || own === asked ? undefined : hostAdvice(own);
}
