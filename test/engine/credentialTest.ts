import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { CredentialStore } from './credentialStore';
import { runDeclarative } from './engineApi';

type Rule = { type: 'responseCode' | 'responseSuccessBody'; properties: { key?: string; value?: unknown; message: string } };

type Refused = Error & { cause?: { code?: string; response?: { status: number; statusText: string } } };

/** What n8n says after the button 'Test' of a credential. */
export interface CredentialVerdict {
	status: 'OK' | 'Error';
	message: string;
}

/**
 * Tests a credential as n8n does: its request runs as a declarative node in n8n-core. The rules around it are those of
 * `services/credentials-tester.service` in the package n8n, which is too large to install here.
 */
export async function testCredential(type: ICredentialType, data: ICredentialDataDecryptedObject): Promise<CredentialVerdict> {
	const { request, rules = [] } = type.test as { request: IDataObject; rules?: Rule[] };
	const failing = (wanted: Rule['type'], fits: (rule: Rule) => boolean) => rules.find((rule) => rule.type === wanted && fits(rule))?.properties.message;
	try {
		const [{ json }] = await sendRequest(type, request, data);
		const message = failing('responseSuccessBody', ({ properties: { key, value } }) => json[key!] === value);
		return message ? { status: 'Error', message } : { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { cause, message } = error as Refused;
		const { status, statusText } = cause?.response ?? {};
		if (status === undefined) return { status: 'Error', message: cause?.code ?? message };
		return { status: 'Error', message: failing('responseCode', ({ properties: { value } }) => value === status) ?? statusText! };
	}
}

async function sendRequest(type: ICredentialType, request: IDataObject, data: ICredentialDataDecryptedObject): Promise<INodeExecutionData[]> {
	const { name } = type;
	const credentials = { [name]: { id: name, name } };
	const node: INode = { id: 'temp', name: 'Temp-Node', type: 'test', typeVersion: 1, position: [0, 0], parameters: {}, credentials };
	const nodeType = {
		description: {
			displayName: 'Test',
			name: 'test',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Test' },
			inputs: [],
			outputs: [],
			credentials: [{ name, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	} as unknown as INodeType;
	const nodeTypes = { getByNameAndVersion: () => nodeType, getByName: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = { credentialsHelper: new CredentialStore({ [name]: type }, { [name]: data }), currentNodeParameters: {} };
	return await runDeclarative(workflow, node, nodeType, additionalData as never, { id: name, name, type: name, data });
}
