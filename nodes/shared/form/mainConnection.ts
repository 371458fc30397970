import type { NodeConnectionTypes } from 'n8n-workflow';

/**
 * n8n's connection for items, for `inputs` and `outputs` of a node.
 *
 * `NodeConnectionTypes` is a value since n8n-workflow 1.83 (n8n 1.85): below, a node that reads it is not loaded.
 */
export const mainConnection: typeof NodeConnectionTypes.Main = 'main';
