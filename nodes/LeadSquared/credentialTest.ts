import { LeadSquaredApi } from '../../credentials/LeadSquaredApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { valueAt } from '../shared/base/json';
import { hostHint, hostIn } from './hosts';
import { leadSquared } from './vendor';

export const credentialTest = credentialTestMethods(leadSquared, {
	credential: new LeadSquaredApi(),
	path: '/Authentication.svc/UserByAccessKey.Get',
	member: 'Id',
	problem: wrongHost,
});

/**
 * Returns a hint if the account is on another host than the credential says. Every host of LeadSquared accepts this
 * request, and the response names the host of the account. https://apidocs.leadsquared.com/user-authentication/
 *
 * @param body response of LeadSquared
 * @param host base URL from the credential
 */
function wrongHost(body: unknown, host: string): string | undefined {
	const actual = hostIn(valueAt(body, 'LSQCommonServiceURLs.api'));
	const configured = hostIn(host);
	return actual === undefined || configured === undefined || actual === configured ? undefined : hostHint(actual);
}
