import { SyncroChatApi } from '../../credentials/SyncroChatApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { syncroChat } from './vendor';

export const credentialTest = credentialTestMethods(syncroChat, {
	credential: new SyncroChatApi(),
	path: '/account',
	member: 'account',
	words: { 403: 'The key is valid, but this test needs the permission users:read (or the account is suspended)' },
});
