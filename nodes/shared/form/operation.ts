import type { IDataObject } from 'n8n-workflow';
import { Nested, OneOf, type Field, type Fields, type Pairs, type Present, type Variant } from '../fields';
import type { Collection } from './collections';
import type { SendRequest, ApiRequest, Effect, RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';

/** Names in braces of a request line: `id` for `PUT /tasks/{id}`. */
type PathParameter<Line extends string> = Line extends `${string}{${infer Name}}${infer Rest}`
	? Name | PathParameter<Rest>
	: never;

/** The value of a field after the check; optional fields may have none. */
type ValueOf<Entry> = Entry extends Field<infer Value> ? (Entry extends Present ? Value : Value | undefined) : never;
type Flat<Entries> = {
	[Key in keyof Entries]: Entries[Key] extends Field
		? { [Name in Key]: ValueOf<Entries[Key]> }
		: Entries[Key] extends Nested<infer Members>
			? Flat<Members>
			: Entries[Key] extends OneOf<infer Variants>
				? { [Name in Key]: keyof Variants } & Chosen<Variants>
				: never;
}[keyof Entries];
type Intersection<Union> = (Union extends unknown ? (part: Union) => void : never) extends (part: infer Whole) => void
	? Whole
	: never;

type Whole<Entries> = Intersection<Flat<Entries>>;

/** Fields of all variants. A field has a value only while its variant is chosen. */
type Chosen<Variants extends Record<string, Variant>> = {
	[Key in { [Name in keyof Variants]: keyof Whole<Variants[Name]['fields']> }[keyof Variants]]:
		| {
				[Name in keyof Variants]: Key extends keyof Whole<Variants[Name]['fields']>
					? Whole<Variants[Name]['fields']>[Key]
					: never;
		  }[keyof Variants]
		| undefined;
};

/**
 * The checked input of an operation, by field key. It has only these keys, so that a misspelled key does not compile.
 */
export type InputOf<Entries extends Fields> = { [Key in keyof Whole<Entries>]: Whole<Entries>[Key] };

/**
 * Returns the problem of a whole input, with the label of a field, or nothing if the input is fine.
 *
 * @param zone IANA name of the workflow's time zone
 */
export type Rule<Input> = (input: Input, zone?: string) => string | undefined;

/** Result of an item in a bulk request. */
export type BulkResult =
	| { record: IDataObject }
	/** The vendor refused the item and changed nothing. */
	| { refused: string; code?: string; hint?: string }
	/** The vendor carries out the item later, and does not report its result. */
	| { accepted: IDataObject };

/**
 * A request of the vendor that carries out several items of an operation at once. *Send in Bulk*, the batches, the
 * results of each item and the error handling derive from it.
 */
export interface BulkEndpoint {
	/** Method and path of the bulk request. */
	request: RequestLine;
	/** The vendor's page about the request. */
	page: string;
	/** `operationId` of the request in the vendor's contract. */
	contract: string;
	/** Largest number of items in one request. */
	size: number;
	/** Why *Send in Bulk* is off by default: the bulk request means something else for an item. */
	off?: string;
	/** Returns whether an item can be sent in bulk. Without it, every item can. */
	fits?: (request: ApiRequest) => boolean;
	/** Returns a text for an item. One request takes only items with the same text. */
	together?: (request: ApiRequest) => string;
	/** Returns the body of the bulk request, from the requests that would carry out the items one by one. */
	body: (requests: readonly ApiRequest[]) => IDataObject | unknown[];
	/** Returns the results of the items, in their order. An item without a receipt has no result. */
	results: (response: unknown, requests: readonly ApiRequest[]) => ReadonlyArray<BulkResult | undefined>;
}

/** Returns a record with its values in their own types. */
export type Converter = (record: IDataObject) => IDataObject;

/**
 * Returns the request to send in place of one that found nothing, or nothing where the empty list is right.
 *
 * @throws FailureError when the request can find nothing
 */
export type Correction = (request: ApiRequest) => ApiRequest | undefined;

/**
 * Describes an operation. The form, the checks, the request, the output, the preview of the output, the docs, the
 * contract test and the texts for AI agents derive from it.
 */
export interface Descriptor<Line extends RequestLine = RequestLine, Entries extends Fields = Fields> {
	/** Name in the drop-down, without the resource. */
	name: string;
	/** Text for the node picker in sentence case, with the resource and without articles. */
	action: string;
	/** Sentence for the node picker, at most 110 characters, because n8n cuts longer ones. */
	description: string;
	/** Method and path. Names in braces are fields: the compiler refuses one that `fields` does not have. */
	request: Line;
	/**
	 * The effect of the request: `reads`, `writes`, or `idempotent` for a write that is safe to repeat. The method does
	 * not tell: LeadSquared deletes by GET and searches by POST.
	 */
	effect: Effect;
	/** The vendor's page that documents the operation. */
	page: string;
	/** `operationId` in the vendor's contract. Without it, the operation is not one that the vendor documents. */
	contract?: string;
	/** Property of the response that is the record or the list of records. Without it, the whole response is. */
	output?: string | typeof deleted | typeof queued | typeof listed | typeof onlyOne | typeof oneOrMany;
	/** Schema of the contract that describes a record, where the response holds it in another form. */
	schema?: string;
	/**
	 * The fields. A key is the API's own field name, verbatim, and the name of the node parameter. The value goes into
	 * the path if the path names it, into the query for GET and DELETE, else into the body. `.at('a.b')`,
	 * `.in('query')` and `nested({...})` are the exceptions.
	 *
	 * Required fields are at the top of the form. Optional fields are in one collection: `additionalFields`,
	 * `updateFields` (with `updates`) or `filters` (with `many`). A blank value means "not given". The compiler refuses
	 * a one-of choice below the top level of `fields`.
	 */
	fields: Entries;
	/** The API wants the properties of the body as a list of pairs. The body stays an object until it is sent. */
	pairs?: Pairs;
	/** Turns on Return All and Limit, and refuses an empty filter, because the list would not be narrowed. */
	many?: PageStyle;
	/** The options of a choice for which the input decides on pages: only these show Return All and Limit. */
	pagedBy?: { choice: string; ways: readonly string[] };
	/** Properties that a record gets from the fields of these keys, because the vendor's response lacks them. */
	completedBy?: Readonly<Record<string, string>>;
	/** Properties of a record that the output leaves out. */
	withheld?: readonly string[];
	/** Up to ten properties of a record, most useful first. Turns on Simplify; a record of more than ten needs it. */
	simple?: readonly string[];
	/**
	 * Marks an update. Its optional fields are in *Update Fields*, `.clearable()` fields are under *Fields to Clear*,
	 * and an item that changes nothing is refused.
	 */
	updates?: boolean;
	/** Items never overlap, because each looks for records that the item before may just have created. */
	oneAtATime?: boolean;
	/** The vendor counts the request with the bulk requests. */
	bulk?: boolean;
	/** The vendor's request for several items. Turns on Send in Bulk. */
	batch?: BulkEndpoint;
	/**
	 * Turns on *Convert Types* of an operation that reads. Asks the vendor for the types of its fields, once per
	 * execution, and returns the converter of a record.
	 */
	converter?: (send: SendRequest) => Promise<Converter>;
	/**
	 * Corrects a request whose list is empty because of how it was asked for, such as a field name in another letter
	 * case. It asks the vendor for the facts that decide this, once per execution.
	 */
	correction?: (send: SendRequest) => Promise<Correction>;
	/** Rules on the whole input that the form can't express. The compiler refuses a misspelled key. */
	rules?: ReadonlyArray<Rule<InputOf<Entries>>>;
	/** Returns the parts of the descriptor that depend on an item's checked input, where the user writes the request. */
	dynamicRequest?: (input: InputOf<Entries>) => DynamicRequest;
	/**
	 * Replaces the one request where an operation needs several, such as WoofedCRM's create or update.
	 *
	 * @param send sends a request in the run of the item
	 * @param request the request that the descriptor describes
	 * @param input the checked input; the compiler refuses a misspelled key
	 * @returns the response with the record
	 * @throws FailureError to refuse the item before anything was changed
	 */
	run?: (send: SendRequest, request: ApiRequest, input: InputOf<Entries>) => Promise<unknown>;
	/** Returns a hint for a success that differs from what the input asked for. */
	remark?: (record: IDataObject, response: unknown, input: Readonly<Record<string, unknown>>) => string | undefined;
	/** Keys of fields that some versions of the vendor ignore silently: a hint tells when the value did not come back. */
	watch?: readonly string[];
	/** Stored name of the operation on the same endpoint that offers the properties that this one leaves out. */
	shortcutOf?: string;
	/** Documented request properties that are not offered, each with the reason. */
	leftOut?: Readonly<Record<string, string>>;
	/**
	 * Why the operation is less certain than the others: the vendor does not document it. The form marks the operation
	 * as beta, and docs/operations shows the reason.
	 */
	unverified?: string;
}

/** Output: n8n's usual result of a delete. */
export const deleted = Symbol('deleted');

/** Output: the vendor carries out the request later, and does not report its result. */
export const queued = Symbol('accepted');

/** Output: the whole response is a list of records. */
export const listed = Symbol('listed');

/** Output: the whole response is a list with the one record asked for. An empty list means that it does not exist. */
export const onlyOne = Symbol('onlyOne');

/** Output: the response is either a list of records or one record. */
export const oneOrMany = Symbol('asItComes');

/** Properties of a descriptor that depend on an item's input. */
export type DynamicRequest = Pick<Descriptor, 'request' | 'effect' | 'many' | 'bulk'>;

/** A descriptor without the types of its fields. The shared core works with these. */
export interface Operation extends Omit<Descriptor, 'rules' | 'run' | 'dynamicRequest'> {
	rules?: ReadonlyArray<Rule<never>>;
	dynamicRequest?: (input: never) => DynamicRequest;
	run?: (send: SendRequest, request: ApiRequest, input: never) => Promise<unknown>;
}

/**
 * Describes an operation. The compiler refuses a path parameter that `fields` lacks, unless the operation has `run`.
 *
 * @example
 * operation({
 * 	name: 'Get', action: 'Get task', description: 'Retrieve a task by its ID',
 * 	request: 'GET /tasks/{id}', effect: 'reads', page, contract: 'getTask',
 * 	fields: { id: pick('Task', tasks).required() },
 * })
 */
export function operation<const Line extends RequestLine, const Entries extends Fields>(
	descriptor: Descriptor<Line, Entries> &
		(PathParameter<Line> extends keyof Entries
			? unknown
			: { run: object } | { fields: Record<PathParameter<Line>, Field> }),
): Operation {
	return descriptor as unknown as Operation;
}

/** Returns the operation with the parts that depend on an item's checked input. */
export function resolveOperation(operation: Operation, input: object): Operation {
	return operation.dynamicRequest ? { ...operation, ...operation.dynamicRequest(input as never) } : operation;
}

/** A resource of a vendor: its name in the drop-down, and its operations by their stored names. */
export interface Resource {
	/** Name in the drop-down. */
	name: string;
	/** The operations, by their stored names. */
	operations: Readonly<Record<string, Operation>>;
	/**
	 * Stored name of the default operation of a new node. Without it, and in version 1 of a node, the default is Create
	 * or the first by name.
	 */
	opensOn?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

/** A field with its position in the form and the request. */
export interface PlacedField {
	key: string;
	field: Field;
	/** Dotted path inside its part of the request. */
	at: string;
	/** Beginning of that path: the objects around the field, with a dot after each. */
	prefix: string;
	/** The choice that shows this field, for fields of a one-of variant. */
	variant?: { parameter: string; value: string };
	/** Whether the form shows it outside the collection. */
	open: boolean;
}

/**
 * Returns all fields of an operation in the order of the form, those of nested objects and one-of variants included.
 */
export function placedFields(fields: Fields, prefix = '', variant?: PlacedField['variant']): PlacedField[] {
	return Object.entries(fields).flatMap(([key, entry]) => {
		if (entry instanceof Nested) return placedFields(entry.members, `${prefix}${key}.`, variant);
		if (entry instanceof OneOf) {
			return Object.entries(entry.variants).flatMap(([value, { fields: members }]) =>
				placedFields(members, prefix, { parameter: key, value }),
			);
		}
		const { spec } = entry as Field;
		return [
			{
				key,
				field: entry as Field,
				at: prefix + (spec.at ?? key),
				prefix,
				variant,
				open: Boolean(spec.required || spec.open || variant),
			},
		];
	});
}

/** Returns the dotted paths of the objects inside a body that are sent as pairs, the innermost first. */
export function pairedPaths(fields: Fields, prefix = ''): Array<[path: string, pairs: Pairs]> {
	return Object.entries(fields).flatMap(([key, entry]) => {
		if (!(entry instanceof Nested)) return [];
		const own: Array<[string, Pairs]> = entry.sentAs ? [[prefix + key, entry.sentAs]] : [];
		return [...pairedPaths(entry.members, `${prefix}${key}.`), ...own];
	});
}

/** Returns the one-of choices of an operation, by their parameter names. */
export function choicesOf(fields: Fields): Array<[parameter: string, choice: OneOf]> {
	return Object.entries(fields).filter((pair): pair is [string, OneOf] => pair[1] instanceof OneOf);
}

/** Returns the name of the collection that holds the optional fields of an operation. */
export function collectionOf({ many, updates }: Operation): Collection {
	if (many) return 'filters';
	return updates ? 'updateFields' : 'additionalFields';
}
