import type { IDataObject } from 'n8n-workflow';
import type { Files } from './multipart';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Method and path template of a request: `PUT /tasks/{id}`. */
export type RequestLine = `${Method} /${string}`;

/**
 * What a request does to the vendor's records, which its method does not tell: some delete by GET, and search by POST.
 * `repeatable` is a write that does no harm when it is carried out again.
 */
export type Effect = 'reads' | 'writes' | 'idempotent';

export interface ApiRequest {
	method: Method;
	/** Path below the connection's root, already encoded. */
	path: string;
	query: IDataObject;
	body?: IDataObject;
	/** What is sent in place of the body, where the vendor wants its members in another form, such as a list. */
	shape?: (body: IDataObject) => IDataObject | unknown[];
	/** Files of the item: the request goes out as multipart. */
	files?: Files;
	effect: Effect;
	/** Counted by the vendor as a bulk request. */
	bulk?: boolean;
}

/** The body as it is sent. */
export function requestBody({ body, shape }: Pick<ApiRequest, 'body' | 'shape'>): IDataObject | unknown[] | undefined {
	return shape ? shape(body ?? {}) : body;
}

/** Sends a request and returns the body of a success, for operations and lists that need several. */
export interface SendRequest {
	(request: ApiRequest): Promise<unknown>;
	/**
	 * Keeps a record for this item until its requests have ended. Absent where nothing is written.
	 *
	 * @returns whether another item was at work on the record meanwhile
	 */
	lock?: (record: string) => Promise<boolean>;
}

/**
 * Looks for a record and keeps it for this item. Looks again when another item was at work on it meanwhile.
 *
 * @param nameOf the name of the record among the results, if there is one to be kept
 */
export async function findAndLock<Result>(
	send: SendRequest,
	look: () => Promise<Result>,
	nameOf: (found: Result) => string | undefined,
): Promise<Result> {
	for (;;) {
		const found = await look();
		const name = nameOf(found);
		if (name === undefined || !(await send.lock?.(name))) return found;
	}
}

/** Method and path of a request line. */
export function requestLine({ request }: { request: RequestLine }): { method: Method; path: string } {
	const [method, path] = request.split(' ') as [Method, string];
	return { method, path };
}
