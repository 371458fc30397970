import type { IDataObject } from 'n8n-workflow';
import { Nested, OneOf, type Field, type Fields, type Pairs, type Variant } from '../fields';
import type { Collection } from './collections';
import type { SendRequest, ApiRequest, Effect, RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';

/** Names in braces of a request line: `PUT /tasks/{id}` gives `id`. */
type PathParameter<Line extends string> = Line extends `${string}{${infer Name}}${infer Rest}`
	? Name | PathParameter<Rest>
	: never;

/** Keys that have a value after the check: those of required fields, members of nested objects included. */
type ValueOf<Entry> =
	Entry extends Field<infer Value, infer Required> ? (Required extends true ? Value : Value | undefined) : never;
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

/** Fields of all variants: each has a value at most while its variant is chosen. */
type Chosen<Variants extends Record<string, Variant>> = {
	[Key in { [Name in keyof Variants]: keyof Whole<Variants[Name]['fields']> }[keyof Variants]]:
		| {
				[Name in keyof Variants]: Key extends keyof Whole<Variants[Name]['fields']>
					? Whole<Variants[Name]['fields']>[Key]
					: never;
		  }[keyof Variants]
		| undefined;
};

/** The checked input of an operation, by field key. It has these keys alone, so that a misspelt one does not compile. */
export type InputOf<Entries extends Fields> = { [Key in keyof Whole<Entries>]: Whole<Entries>[Key] };

/**
 * Says what is wrong with a whole input, by the label of a field, or nothing when it is fine.
 *
 * @param zone IANA name of the workflow's time zone
 */
export type Rule<Input> = (input: Input, zone?: string) => string | undefined;

/** What a bulk request did with one of its items. */
export type BulkResult =
	| { record: IDataObject }
	/** The vendor read the item and did not act. */
	| { refused: string; code?: string; hint?: string }
	/** The vendor carries the item out later, and does not say what becomes of it. */
	| { accepted: IDataObject };

/** A request of the vendor that carries out several items of an operation at once. */
export interface BulkEndpoint {
	request: RequestLine;
	/** The vendor's page. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** Most items that one request takes. */
	size: number;
	/** Why items go one by one unless the user wants it otherwise: the bulk request means something else for an item. */
	off?: string;
	/** Whether an item can go in bulk; all can without it. */
	fits?: (request: ApiRequest) => boolean;
	/** Only items with the same text go into one request. */
	together?: (request: ApiRequest) => string;
	/** The body, from the requests that would carry out the items one by one. */
	body: (requests: readonly ApiRequest[]) => IDataObject | unknown[];
	/** What became of the items, in their order; one without a result has no receipt. */
	results: (response: unknown, requests: readonly ApiRequest[]) => ReadonlyArray<BulkResult | undefined>;
}

/** Gives a record with its values in their own types. */
export type Converter = (record: IDataObject) => IDataObject;

/**
 * Gives the request to send in place of one that found nothing, or nothing where the empty list is right.
 *
 * @throws FailureError when the request can find nothing
 */
export type Correction = (request: ApiRequest) => ApiRequest | undefined;

export interface Descriptor<Line extends RequestLine = RequestLine, Entries extends Fields = Fields> {
	/** Name in the drop-down, without the resource. */
	name: string;
	/** Sentence-case text for the node picker, with the resource and without articles. */
	action: string;
	description: string;
	request: Line;
	effect: Effect;
	/** The vendor's page that documents the operation. */
	page: string;
	/** `operationId` in the vendor's contract; an operation without it is none that the vendor documents. */
	contract?: string;
	/** Member of the answer that is the record, or a list of records; the whole answer without it. */
	output?: string | typeof deleted | typeof queued | typeof listed | typeof onlyOne | typeof oneOrMany;
	/** Schema of the contract that describes a record, where the answer holds it in another form. */
	schema?: string;
	fields: Entries;
	/** The API wants the members of the body as a list of pairs in place of an object. */
	pairs?: Pairs;
	/** Turns on Return All and Limit; a filter that is empty is refused, because the list would not be narrowed. */
	many?: PageStyle;
	/** The ways of a choice with which the input decides on pages: Return All and Limit are shown with these. */
	pagedBy?: { choice: string; ways: readonly string[] };
	/** Members that a record gets from the fields of these keys, because the vendor's answer does not tell what it is about. */
	completedBy?: Readonly<Record<string, string>>;
	/** Members of a record that have no place in the data of an execution. */
	withheld?: readonly string[];
	/** Up to ten members of a record, most useful first; turns on Simplify. */
	simple?: readonly string[];
	/** Changes a record: its optional fields are the changes, some can be emptied, and an item that changes nothing is refused. */
	updates?: boolean;
	/** Items never overlap, because each looks for records that the one before may just have made. */
	oneAtATime?: boolean;
	/** The vendor counts the request among the bulk ones. */
	bulk?: boolean;
	/** Turns on Send in Bulk. */
	batch?: BulkEndpoint;
	/** Turns on Convert Types of a list or a record that is read: what the vendor says of its fields, asked once in an execution. */
	converter?: (send: SendRequest) => Promise<Converter>;
	/** Gives another request in place of a list that is empty because of how it was asked for; what decides that is asked once in an execution. */
	correction?: (send: SendRequest) => Promise<Correction>;
	rules?: ReadonlyArray<Rule<InputOf<Entries>>>;
	/** What of the descriptor the checked input of an item decides, where the user writes the request. */
	dynamicRequest?: (input: InputOf<Entries>) => DynamicRequest;
	/**
	 * Takes the place of the one request where an operation needs several.
	 *
	 * @param request the request as the descriptor gives it
	 * @returns the answer that the record is taken from
	 * @throws FailureError to refuse before anything was changed
	 */
	run?: (send: SendRequest, request: ApiRequest, input: InputOf<Entries>) => Promise<unknown>;
	/** A note for the user on a success that is not quite what was asked for. */
	remark?: (record: IDataObject, response: unknown, input: Readonly<Record<string, unknown>>) => string | undefined;
	/** Keys of fields that some versions of the vendor drop without a word: a hint tells when the value did not come back. */
	watch?: readonly string[];
	/** Stored name of the operation on the same endpoint that offers the members this one does without. */
	shortcutOf?: string;
	/** Documented request members that are not offered, each with the reason. */
	leftOut?: Readonly<Record<string, string>>;
	/** Why the operation is less certain than the others, for its description and the docs. */
	unverified?: string;
}

/** n8n's usual answer to a delete. */
export const deleted = Symbol('deleted');

/** The vendor carries the request out later, and does not say what becomes of it. */
export const queued = Symbol('accepted');

/** The whole answer is a list of records. */
export const listed = Symbol('listed');

/** The whole answer is a list of the one record that was asked for; an empty one means that it does not exist. */
export const onlyOne = Symbol('onlyOne');

/** The answer is a list of records, or one record, and nobody knows which. */
export const oneOrMany = Symbol('asItComes');

/** Members of a descriptor that an item's input decides. */
export type DynamicRequest = Pick<Descriptor, 'request' | 'effect' | 'many' | 'bulk'>;

/** An operation whose types are done with: what the shared core works on. */
export interface Operation extends Omit<Descriptor, 'rules' | 'run' | 'dynamicRequest'> {
	rules?: ReadonlyArray<Rule<never>>;
	dynamicRequest?: (input: never) => DynamicRequest;
	run?: (send: SendRequest, request: ApiRequest, input: never) => Promise<unknown>;
}

/** Describes an operation. The compiler refuses a path parameter that `fields` does not have, unless `run` finds it out. */
export function operation<const Line extends RequestLine, const Entries extends Fields>(
	descriptor: Descriptor<Line, Entries> &
		(PathParameter<Line> extends keyof Entries
			? unknown
			: { run: object } | { fields: Record<PathParameter<Line>, Field> }),
): Operation {
	return descriptor as unknown as Operation;
}

/** The operation as an item's checked input makes it. */
export function resolveOperation(operation: Operation, input: object): Operation {
	return operation.dynamicRequest ? { ...operation, ...operation.dynamicRequest(input as never) } : operation;
}

/** One resource of a vendor: its name in the drop-down and its operations by their stored value. */
export interface Resource {
	name: string;
	operations: Readonly<Record<string, Operation>>;
	/** Stored name of the operation that a new node opens on; without it Create, or the first by name. A node of version 1 opens on these in any case. */
	opensOn?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

/** A field with all that its surroundings add to it. */
export interface PlacedField {
	key: string;
	field: Field;
	/** Dotted path inside its part of the request. */
	at: string;
	/** Beginning of that path: the objects that the field stands in, with a dot after each. */
	prefix: string;
	/** The choice that shows this field, for fields of a one-of variant. */
	variant?: { parameter: string; value: string };
	/** Shown on its own, not inside a collection. */
	open: boolean;
}

/** All fields of an operation, nested objects and one-of variants resolved, in the order of the form. */
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

/** Dotted paths of the objects inside a body that are sent as pairs, the innermost first. */
export function pairedPaths(fields: Fields, prefix = ''): Array<[path: string, pairs: Pairs]> {
	return Object.entries(fields).flatMap(([key, entry]) => {
		if (!(entry instanceof Nested)) return [];
		const own: Array<[string, Pairs]> = entry.sentAs ? [[prefix + key, entry.sentAs]] : [];
		return [...pairedPaths(entry.members, `${prefix}${key}.`), ...own];
	});
}

/** The one-of choices of an operation by their parameter name. */
export function choicesOf(fields: Fields): Array<[parameter: string, choice: OneOf]> {
	return Object.entries(fields).filter((pair): pair is [string, OneOf] => pair[1] instanceof OneOf);
}

/** Name of the collection that holds the optional fields of an operation. */
export function collectionOf({ many, updates }: Operation): Collection {
	if (many) return 'filters';
	return updates ? 'updateFields' : 'additionalFields';
}
