import type { INodeProperties } from 'n8n-workflow';

/** Options of every operation. */
export const options: INodeProperties[] = [
	{ displayName: 'Account ID', name: 'accountId', type: 'number', default: 1, typeOptions: { minValue: 1 }, description: 'Account to work in, in place of the one in the credential' },
];
