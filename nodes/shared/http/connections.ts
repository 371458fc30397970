import type { IExecuteFunctions } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { distinctText } from '../base/json';
import type { Redactor } from '../base/redact';
import type { Api } from './api';
import { connectionWith, openSession, withOptions, type Connection, type Session } from './connection';
import { CredentialUnresolved, readCredential, type CredentialRead } from './readCredential';

/** Number of credentials to read in parallel. n8n's database pool may have only two connections. */
const READ_IN_PARALLEL = 8;

/** The result of reading the credential for one item. */
type Opened = { connection: Connection } | { error: unknown };

/**
 * The connections of one run. Each item uses the credential that n8n resolves for it.
 *
 * A credential without expressions on items is read once. Any other credential is read for each item before the first
 * item is sent. Items with the same values share a connection.
 */
export class Connections {
	readonly session: Session;
	/** Whether the credential has expressions that may return other values for each item. */
	private hasExpressions = false;
	/** Whether the credential was read for each item. */
	private isPerItem = false;
	/** Connections by the values of their credential. */
	private readonly byValues = new Map<string, Connection>();
	/** Connections with options, by the JSON of the options. */
	private readonly byOptions = new Map<Connection, Map<string, Connection>>();
	/** One result for each item; only the first if the credential is the same for all items. */
	private readonly opened: Opened[] = [];

	private constructor(
		context: IExecuteFunctions,
		private readonly vendor: Api,
	) {
		this.session = openSession(context);
	}

	/**
	 * Reads the credential.
	 *
	 * @param count number of items
	 * @throws FailureError, or n8n's own error, if no item can use the credential
	 */
	static async open(context: IExecuteFunctions, vendor: Api, count: number): Promise<Connections> {
		const connections = new Connections(context, vendor);
		const first = await connections.read(context, 0);
		connections.hasExpressions = first === 'perItem';
		if (first === 'always') return connections.openedOrThrow();
		connections.isPerItem = true;
		let next = 1;
		const reader = async () => {
			while (next < count && !connections.session.signal.aborted) await connections.read(context, next++);
		};
		await Promise.all(Array.from({ length: READ_IN_PARALLEL }, reader));
		return connections.openedOrThrow();
	}

	/** Returns the connections of all credentials of the run. */
	get all(): Connection[] {
		return [...this.byValues.values()];
	}

	/**
	 * Returns the connection of an item with its options. Items with the same credential and options share it.
	 *
	 * @throws FailureError if the credential or the options of the item can't be used
	 */
	of(item: number, options: Readonly<Record<string, unknown>> = {}): Connection {
		const connection = this.connectionOf(item);
		const key = JSON.stringify({ ...options, oncePer: undefined });
		const known = this.byOptions.get(connection) ?? new Map<string, Connection>();
		this.byOptions.set(connection, known);
		const made = known.get(key) ?? ofItem(item, () => withOptions(connection, options));
		known.set(key, made);
		return made;
	}

	/** Returns the function that removes the secrets of an item's credential; it works for invalid items too. */
	redactorOf(item: number): Redactor {
		const opened = this.opened[this.isPerItem ? item : 0];
		return opened && 'connection' in opened ? opened.connection.redact : (value) => value;
	}

	/**
	 * Returns the account of an item for data that outlives the run, if expressions may return different accounts.
	 *
	 * Without expressions the node has one account, and a new key must not invalidate the stored data.
	 */
	accountOf(item: number): string | undefined {
		const opened = this.hasExpressions ? this.opened[item] : undefined;
		return opened && 'connection' in opened ? opened.connection.account : undefined;
	}

	private connectionOf(item: number): Connection {
		const opened = this.opened[this.isPerItem ? item : 0];
		// Items are unread only if the run was stopped.
		if (!opened) throw this.session.signal.reason;
		if ('connection' in opened) return opened.connection;
		return refuse(item, failureIn(opened.error));
	}

	/** Reads the credential for an item. @returns whether other items get the same values */
	private async read(context: IExecuteFunctions, item: number): Promise<CredentialRead['isSame']> {
		let isSame: CredentialRead['isSame'] = 'unknown';
		try {
			const read = await readCredential(context, this.vendor.credential, item);
			isSame = read.isSame;
			this.opened[item] = { connection: this.connectionWith(read) };
		} catch (error) {
			this.opened[item] = { error };
			if (error instanceof CredentialUnresolved) isSame = 'perItem';
		}
		return isSame;
	}

	private connectionWith({ data }: CredentialRead): Connection {
		const values = distinctText(data);
		const connection = this.byValues.get(values) ?? connectionWith(this.session, this.vendor, data);
		this.byValues.set(values, connection);
		return connection;
	}

	/**
	 * @throws the error of the first item if no item has a connection, unless each item may have failed for its own
	 * reason
	 */
	private openedOrThrow(): this {
		const [first] = this.opened;
		if (this.byValues.size === 0 && !this.hasExpressions && first && 'error' in first) throw first.error;
		return this;
	}
}

/** Runs work on the credential of an item. @throws FailureError with the number of the item */
function ofItem<Result>(item: number, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		return refuse(item, failureIn(error));
	}
}

function refuse(item: number, { message, description, ...rest }: Failure): never {
	const hint = ['Nothing was sent for this item.', description].filter(Boolean).join(' ');
	throw new FailureError({ ...rest, message: `${message} [item ${item}]`, description: hint });
}

/** Returns the reason why an item has no connection. */
function failureIn(error: unknown): Failure {
	if (!(error instanceof CredentialUnresolved)) return failureOf(error);
	const { message, description } = failureOf(error.reason);
	return {
		message: `An expression in the credential failed: ${message.replace(' [Error resolving credentials]', '')}`,
		description: [description, 'Correct the expression in the credential, or the data of the item.']
			.filter(Boolean)
			.join(' '),
	};
}
