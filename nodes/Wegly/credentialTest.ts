import { WeglyApi } from '../../credentials/WeglyApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { wegly } from './vendor';

export const credentialTest = credentialTestMethods(wegly, {
	credential: new WeglyApi(),
	path: '/chats/notifications/unread',
	member: 'unread_chats_total',
	words: {
		403:
			'Good key without the chat permission, which is all that this test can ask for (or a domain that does not match): save it ' +
			'and try the operation you need',
	},
});
