import { WeglyApi } from '../../credentials/WeglyApi.credentials';
import { credentialTestMethods } from '../shared/editor/credentialTest';
import { wegly } from './vendor';

export const credentialTest = credentialTestMethods(wegly, {
	credential: new WeglyApi(),
	path: '/chats/notifications/unread',
	member: 'unread_chats_total',
	words: {
		403:
			'The key is valid, but it lacks the chat permission that this test needs (or its domain does not match). Save it ' +
			'and try the operation you need',
	},
});
