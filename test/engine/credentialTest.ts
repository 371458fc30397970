import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { pack, type NodeName } from '../support/run';
import { credentialTestContext } from './engineApi';

/** What n8n says after the button 'Test' of a credential. */
export interface CredentialVerdict {
	status: 'OK' | 'Error';
	message: string;
}

/**
 * Tests a credential as n8n does: the function that the node names in `testedBy` runs in n8n-core's own context, as in
 * `services/credentials-tester.service` of the package n8n, which is too large to install here.
 */
export async function testCredential(node: NodeName, data: ICredentialDataDecryptedObject): Promise<CredentialVerdict> {
	const { description, methods } = pack.nodeTypes[`n8n-nodes-crm-pack.${node}`];
	const { name, testedBy } = description.credentials![0];
	const test = methods!.credentialTest![testedBy as string];
	return await test.call(credentialTestContext(), { id: '', name: 'tested', type: name, data });
}
