import type { INodeProperties } from 'n8n-workflow';

/**
 * Returns the fields of the rate limit, which every credential has.
 *
 * @param requests default number of requests; 0 means no limit
 * @param windowSeconds default length of the window in seconds
 * @param source source of the default, for the tooltip
 */
export function rateProperties(requests: number, windowSeconds: number, source: string): INodeProperties[] {
	return [
		{
			displayName: 'Requests per Window',
			name: 'requestsPerWindow',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: requests,
			description: `Maximum requests per window; 0 means no limit. ${source}`,
		},
		{
			displayName: 'Window (Seconds)',
			name: 'windowSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: windowSeconds,
			description: 'Length of the window for which requests are counted',
		},
	];
}
