import type { INodeProperties } from 'n8n-workflow';

/**
 * The fields of the throttle, which every credential has.
 *
 * @param requests default number of requests; 0 stands for no limit
 * @param windowSeconds default length of the window
 * @param source where the default comes from, for the tooltip
 */
export function rateProperties(requests: number, windowSeconds: number, source: string): INodeProperties[] {
	return [
		{
			displayName: 'Requests per Window',
			name: 'requestsPerWindow',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: requests,
			description: `Most requests in one window; 0 stands for no limit. ${source}`,
		},
		{
			displayName: 'Window (Seconds)',
			name: 'windowSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: windowSeconds,
			description: 'Length of the window in which the requests are counted',
		},
	];
}
