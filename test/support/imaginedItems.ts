import type { INodeExecutionData } from 'n8n-workflow';
import { text } from '../../nodes/shared/fields';
import type { ImaginedAnswer, ImaginedRequest } from './imagined';

/** An operation of the imagined vendor that makes something of a name. */
export const create = { fields: { name: text('Name').required(), secret: text('Secret').secret() } };
export const named = (...names: unknown[]) => names.map((name) => ({ name }));
export const refuse =
	(...names: string[]) =>
	({ body }: ImaginedRequest): ImaginedAnswer =>
		names.includes(String(body?.name))
			? { status: 422, body: { message: 'No' } }
			: { body: { id: body?.name as string } };
export const loseAnswer =
	(name: string) =>
	({ body }: ImaginedRequest): ImaginedAnswer => {
		if (body?.name === name) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
		return { body: { id: body?.name as string } };
	};
export const inputsOf = (count: number): INodeExecutionData[] => Array.from({ length: count }, () => ({ json: {} }));
export const sentNames = ({ requests }: { requests: ImaginedRequest[] }) => requests.map(({ body }) => body?.name);
export const pages =
	(count: number) =>
	({ qs }: ImaginedRequest): ImaginedAnswer => {
		const { page, size } = qs as { page: number; size: number };
		const all = Array.from({ length: count }, (_, id) => ({ id, name: `n${id}`, note: 'x' }));
		return { body: { list: all.slice((page - 1) * size, page * size), more: page * size < count } };
	};
