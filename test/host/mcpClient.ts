import { createRequire } from 'node:module';
import path from 'node:path';
import { installHost } from './installation';
import type { OfferedTool } from './scriptedModel';

/** A connection to an MCP server, as far as the tests use it. */
export interface McpClient {
	listTools: () => Promise<{
		tools: Array<Pick<OfferedTool, 'name' | 'description'> & { inputSchema: OfferedTool['parameters'] }>;
	}>;
	callTool: (call: {
		name: string;
		arguments: Record<string, unknown>;
	}) => Promise<{ isError?: boolean; content: Array<{ text: string }> }>;
	close: () => Promise<void>;
}

/** Connects with the protocol's own client, which n8n brings along. */
export async function connectToMcp(url: string): Promise<McpClient> {
	const load = createRequire(
		path.join(installHost().folder, 'node_modules', '@n8n', 'n8n-nodes-langchain', 'package.json'),
	);
	const { Client } = load('@modelcontextprotocol/sdk/client/index.js') as {
		Client: new (info: object) => McpClient & { connect: (transport: unknown) => Promise<void> };
	};
	const { StreamableHTTPClientTransport } = load('@modelcontextprotocol/sdk/client/streamableHttp.js') as {
		StreamableHTTPClientTransport: new (url: URL) => unknown;
	};
	const client = new Client({ name: 'tests', version: '1.0.0' });
	await client.connect(new StreamableHTTPClientTransport(new URL(url)));
	return client;
}
