import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a proxy does with a CONNECT: answers with a refusal, or hangs up. */
export type OnConnect = { status: number; reason: string; headers?: string[]; page?: string } | 'hang up';

/** A proxy for https, as companies have one. */
export class ConnectProxy {
	private readonly server: Server = createServer((_request, response) => response.writeHead(500).end());
	private readonly sockets = new Set<Socket>();
	/** The CONNECT requests that came. */
	connects = 0;

	async start(onConnect: OnConnect): Promise<string> {
		this.server.on('connection', (socket) => this.sockets.add(socket).size);
		this.server.on('connect', (_request, socket: Socket) => {
			this.connects += 1;
			socket.on('error', () => undefined);
			if (onConnect === 'hang up') socket.destroy();
			else {
				const { status, reason, headers = [], page = '' } = onConnect;
				socket.end(
					[`HTTP/1.1 ${status} ${reason}`, `Content-Length: ${page.length}`, ...headers, '', page].join('\r\n'),
				);
			}
		});
		await once(this.server.listen(0, '127.0.0.1'), 'listening');
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	stop(): void {
		this.server.close();
		for (const socket of this.sockets) socket.destroy();
	}
}
