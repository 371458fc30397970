import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { distinctText, isObject, toText } from '../base/json';

/** A credential as n8n resolved it for one item. */
export interface CredentialRead {
	data: ICredentialDataDecryptedObject;
	/**
	 * Whether every item gets the same values:
	 * - `always`: no value depends on an item
	 * - `perItem`: an expression may return another value for each item
	 * - `unknown`: this version of n8n doesn't show how it resolves a credential
	 */
	isSame: 'always' | 'perItem' | 'unknown';
}

/** An expression in the credential failed for an item. */
export class CredentialUnresolved extends Error {
	constructor(readonly reason: unknown) {
		super('An expression in the credential failed');
	}
}

/** The part of n8n's context that resolves expressions. Older versions don't have it on the context. */
interface Resolving {
	workflow?: { expression?: { getParameterValue?: (...given: unknown[]) => unknown } };
}

/**
 * Expressions that return the same value for all items of a run: paths into external secrets, variables and the environment.
 */
const SAME_FOR_ALL = /\{\{\s*\$(?:secrets|vars|env)(?:\.[A-Za-z_]\w*|\['[^'\\{}]*'\]|\["[^"\\{}]*"\])+\s*\}\}/g;

/**
 * Reads the credential for one item and tells whether other items get the same values.
 *
 * Comparing the values of items proves nothing: an expression may treat only the last item differently. So this watches
 * the call with which n8n resolves the stored credential (`applyDefaultsAndOverwrites` in `credentials-helper` of the
 * package n8n). The values are the same for all items only if that call happened once, its input contains no expression on
 * an item, and what n8n returned equals that input.
 *
 * @throws CredentialUnresolved if an expression failed, else n8n's own error
 */
export async function readCredential(context: IExecuteFunctions, type: string, item: number): Promise<CredentialRead> {
	const { watched, seen } = watch(context);
	const data = await watched.getCredentials(type, item).catch(async (error: unknown) => {
		if (seen.length > 0) throw new CredentialUnresolved(error);
		// The credential is missing, or this version of n8n accepts only its own context.
		return await context.getCredentials(type, item);
	});
	return { data, isSame: judge(seen, data) };
}

/** Returns a copy of the context that records the values that n8n resolves. */
function watch(context: IExecuteFunctions): { watched: IExecuteFunctions; seen: unknown[] } {
	const seen: unknown[] = [];
	const { workflow } = context as Resolving;
	const expression = workflow?.expression;
	const resolve = expression?.getParameterValue;
	if (typeof resolve !== 'function') return { watched: context, seen };
	const getParameterValue = (...given: unknown[]) => {
		seen.push(given[0]);
		return resolve.apply(expression, given);
	};
	const over = <Whole extends object>(whole: Whole, part: object) => Object.assign(Object.create(whole) as Whole, part);
	return {
		watched: over(context, { workflow: over(workflow!, { expression: over(expression!, { getParameterValue }) }) }),
		seen,
	};
}

function judge(seen: readonly unknown[], data: ICredentialDataDecryptedObject): CredentialRead['isSame'] {
	const [stored] = seen;
	if (seen.length !== 1 || !isObject(stored)) return seen.some(dependsOnItem) ? 'perItem' : 'unknown';
	if (dependsOnItem(stored)) return 'perItem';
	const isAsStored = ([name, value]: [string, unknown]) =>
		Object.hasOwn(stored, name) && (isExpression(stored[name]) || distinctText(stored[name]) === distinctText(value));
	return Object.entries(data).every(isAsStored) ? 'always' : 'unknown';
}

const isExpression = (value: unknown): value is string => typeof value === 'string' && value.startsWith('=');

/** Tells whether a stored value contains an expression that may return another value for each item. */
export function dependsOnItem(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(dependsOnItem);
	if (isObject(value)) return Object.entries(value).some(([name, part]) => isExpression(name) || dependsOnItem(part));
	return isExpression(value) && toText(value).replace(SAME_FOR_ALL, ' ').includes('{{');
}
