import type { IDataObject } from 'n8n-workflow';
import { Bench, type NodeRun } from '../support/run';

/** The sandbox before the WoofedCRM node, with what its tests look at. */
export class WoofedCrmBench extends Bench {
	async operate(resource: string, operation: string, parameters: IDataObject, items?: IDataObject[]): Promise<NodeRun> {
		return await this.run('woofedCrm', { resource, operation, ...parameters }, { items });
	}

	/** Creates a record and gives back its id; the requests so far are forgotten. */
	async given(resource: string, parameters: IDataObject): Promise<number> {
		const { items } = await this.operate(resource, 'create', parameters);
		this.sandbox.reset();
		return items[0].json.id as number;
	}

	/** Requests as method and path. */
	lines(): string[] {
		return this.sent('woofedCrm').map(({ method, path }) => `${method} ${path.replace('/api/v1/accounts/1', '')}`);
	}

	/** Requests that change something, with their body. */
	writes(): Array<[line: string, body: unknown]> {
		const all = this.sent('woofedCrm').map(({ body }, index): [string, unknown] => [this.lines()[index], body]);
		return all.filter(([line]) => !line.startsWith('GET') && !line.endsWith('/search'));
	}
}
