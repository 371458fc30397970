import type { IDataObject } from 'n8n-workflow';
import type { Files } from './multipart';

/** HTTP method of a request. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Method and path template of a request: `PUT /tasks/{id}`. */
export type RequestLine = `${Method} /${string}`;

/**
 * What a request does to the vendor's records. The method does not show this: some vendors delete by GET and search by
 * POST. `idempotent` is a write that does no harm when it is carried out twice.
 */
export type Effect = 'reads' | 'writes' | 'idempotent';

/** A request to a vendor's API. */
export interface ApiRequest {
	method: Method;
	/** Encoded path below the connection's root. */
	path: string;
	query: IDataObject;
	body?: IDataObject;
	/** Converts the body to the vendor's format, such as a list. */
	shape?: (body: IDataObject) => IDataObject | unknown[];
	/** Files of the item. They make it a multipart request. */
	files?: Files;
	effect: Effect;
	/** Whether the vendor counts it as a bulk request. */
	bulk?: boolean;
}

/** Returns the body in the vendor's format. */
export function requestBody({ body, shape }: Pick<ApiRequest, 'body' | 'shape'>): IDataObject | unknown[] | undefined {
	return shape ? shape(body ?? {}) : body;
}

/** Sends a request and returns the body of a successful response, for operations and lists with several requests. */
export interface SendRequest {
	(request: ApiRequest): Promise<unknown>;
	/**
	 * Locks a record for this item until its requests have ended. Absent if the item writes nothing.
	 *
	 * @returns whether it had to wait for another item with the same record
	 */
	lock?: (record: string) => Promise<boolean>;
}

/**
 * Searches for a record and locks it for this item. Searches again if another item used the record in the meantime.
 *
 * @param nameOf returns the lock name of the record that was found; undefined if there is none
 */
export async function findAndLock<Result>(
	send: SendRequest,
	find: () => Promise<Result>,
	nameOf: (found: Result) => string | undefined,
): Promise<Result> {
	for (;;) {
		const found = await find();
		const name = nameOf(found);
		if (name === undefined || !(await send.lock?.(name))) return found;
	}
}

/** Splits a request line into method and path. */
export function requestLine({ request }: { request: RequestLine }): { method: Method; path: string } {
	const [method, path] = request.split(' ') as [Method, string];
	return { method, path };
}
