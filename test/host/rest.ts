import type {
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	IRunExecutionData,
	ResourceMapperFields,
} from 'n8n-workflow';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { WorkflowFile } from '../engine/engine';

interface Login {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** What the editor tells when a form element asks for its entries. */
interface EditorQuestion {
	/** Full name of the node type. */
	node: string;
	/** Name of the node's method that answers. */
	method: string;
	/** Path of the form element. */
	path: string;
	/** What the form holds. */
	parameters: IDataObject;
	credentials: IDataObject;
}

/** An execution as n8n stored it. */
export interface StoredExecution {
	id: string;
	status: string;
	/** The text in the database, before anything is taken out of it. */
	stored: string;
	data: IRunExecutionData;
}

const BROWSER_ID = 'crm-pack-host-tests';

/** n8n's REST interface, as its own editor uses it. */
export class RestClient {
	private cookie = '';

	constructor(
		readonly url: string,
		private readonly installation: string,
	) {}

	/** @throws when n8n answers with an error status, with its words */
	async call<Answer>(method: string, route: string, body?: unknown): Promise<Answer> {
		const headers = {
			'content-type': 'application/json',
			'browser-id': BROWSER_ID,
			...(this.cookie ? { cookie: this.cookie } : {}),
		};
		const response = await fetch(this.url + route, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login) this.cookie = login.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${route} -> ${response.status} ${text.slice(0, 500)}`);
		const answer = JSON.parse(text) as { data?: Answer };
		return answer.data ?? (answer as Answer);
	}

	/** Logs the owner in, and sets n8n up with this owner when it is new. */
	async login({ email, password, firstName, lastName }: Login): Promise<void> {
		const { userManagement } = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (userManagement.showSetupOnFirstLoad)
			await this.call('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		else await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** What a browser needs to be logged in as the same user. */
	get session() {
		const [name, value] = this.cookie.split('=');
		return { cookie: { name, value, url: this.url }, browserId: BROWSER_ID };
	}

	/** Installs a package as the button in Settings > Community nodes does. */
	async installPackage(
		name: string,
		version: string,
	): Promise<{ installedNodes: Array<{ name: string; type: string }> }> {
		return await this.call('POST', '/rest/community-packages', { name, version });
	}

	async createCredential(type: string, data: IDataObject, name = type): Promise<{ id: string; name: string }> {
		return await this.call('POST', '/rest/credentials', { name, type, data });
	}

	/** The stored credentials, without their values. */
	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return await this.call('GET', '/rest/credentials');
	}

	async updateCredential(id: string, type: string, data: IDataObject, name: string): Promise<{ id: string }> {
		return await this.call('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** @param id of a stored credential, whose values give way to `data`; n8n 1 tests no others */
	async testCredential(type: string, data: IDataObject, id = ''): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/rest/credentials/test', { credentials: { id, name: 'test', type, data } });
	}

	/** Entries of a locator's list, as the drop-down asks for them. */
	async searchList({
		filter,
		paginationToken,
		...question
	}: EditorQuestion & { filter?: string; paginationToken?: string }): Promise<INodeListSearchResult> {
		return await this.ask('resource-locator-results', question, { filter, paginationToken });
	}

	/** Entries of a multi-select. */
	async options(question: EditorQuestion): Promise<INodePropertyOptions[]> {
		return await this.ask('options', question);
	}

	/** Fields of a resource mapper, as the editor asks for them. */
	async mapperFields(question: EditorQuestion): Promise<ResourceMapperFields> {
		return await this.ask('resource-mapper-fields', question);
	}

	private async ask<Answer>(
		what: string,
		{ node, method, path: parameterPath, parameters, credentials }: EditorQuestion,
		more: object = {},
	): Promise<Answer> {
		return await this.call('POST', `/rest/dynamic-node-parameters/${what}`, {
			nodeTypeAndVersion: { name: node, version: 1 },
			currentNodeParameters: parameters,
			credentials,
			path: parameterPath,
			methodName: method,
			...more,
		});
	}

	async createWorkflow(
		{ name = 'Test', nodes, connections, settings }: WorkflowFile,
		pinData: IDataObject = {},
	): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', '/rest/workflows', {
			name,
			active: false,
			nodes,
			connections,
			settings: { executionOrder: 'v1', ...settings },
			pinData,
		});
		return id;
	}

	/** Publishes a stored workflow. @throws with the words of the node that refuses */
	async activate(workflow: string): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/rest/workflows/${workflow}`);
		await this.call('POST', `/rest/workflows/${workflow}/activate`, { versionId });
	}

	async deactivate(workflow: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${workflow}/deactivate`, {});
	}

	/** Waits until there are so many executions of a workflow that came to an end; the oldest of the last hundred first. */
	async executions(workflow: string, count: number): Promise<Array<{ id: string; status: string; mode: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
		for (;;) {
			const { results } = await this.call<{ results: Array<{ id: string; status: string; mode: string }> }>(
				'GET',
				`/rest/executions?limit=100&filter=${filter}`,
			);
			if (results.filter(({ status }) => !['new', 'running'].includes(status)).length >= count)
				return results.reverse();
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Runs a stored workflow from its trigger and waits for its end. */
	async run(workflow: string, trigger: string): Promise<StoredExecution> {
		// n8n 2 runs what is stored, and n8n 1 what it is sent.
		const workflowData = await this.call<IDataObject>('GET', `/rest/workflows/${workflow}`);
		const { executionId } = await this.call<{ executionId: string }>('POST', `/rest/workflows/${workflow}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
		});
		return await this.execution(executionId);
	}

	/** An execution as it is stored, when it has come to its end. */
	async execution(id: string): Promise<StoredExecution> {
		// n8n 1 writes the status a moment before the data; an execution that crashed may never have any.
		for (let withoutData = 0; ; ) {
			const execution = await this.call<{ id: string; status: string; data: string }>('GET', `/rest/executions/${id}`);
			const isOver = !['new', 'running', 'waiting'].includes(execution.status);
			if (isOver) {
				const data = this.unflatten(execution.data);
				if (data !== undefined || (withoutData += 1) > 20) return { ...execution, stored: execution.data, data };
			}
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	/** Runs an execution that failed again, as the editor's Retry does; gives the ID of the new one. */
	async retry(id: string): Promise<string> {
		return (await this.call<{ id: string }>('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false })).id;
	}

	private unflatten(text: string): IRunExecutionData {
		const load = createRequire(path.join(this.installation, 'node_modules', 'n8n', 'package.json'));
		return (load('flatted') as { parse: (text: string) => IRunExecutionData }).parse(text);
	}
}

/** Items of one output of a node. */
export function outputOf({ data }: StoredExecution, node: string, output = 0): INodeExecutionData[] {
	return data.resultData.runData[node]?.[0]?.data?.main[output] ?? [];
}
