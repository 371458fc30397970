import type { NodeConnectionTypes } from 'n8n-workflow';

/**
 * n8n's connection for items, for `inputs` and `outputs` of a node.
 *
 * `NodeConnectionTypes` is a value since n8n-workflow 1.83 (n8n 1.85). An older n8n does not load a node that reads it.
 */
export const mainConnection: typeof NodeConnectionTypes.Main = 'main';
