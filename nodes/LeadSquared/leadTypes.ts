import { wordsOf } from '../shared/base/json';
import { listAt } from '../shared/base/lists';
import type { Converter } from '../shared/form/operation';
import type { Ask } from '../shared/http/call';
import { typeOf } from './mapped';

/** A number that stays the same one: others, such as an ID of twenty digits, are left as text. */
const NUMBER = /^-?\d+(\.\d+)?$/;
const BOOLEANS = new Map<unknown, boolean>([
	['0', false],
	['1', true],
	['false', false],
	['true', true],
]);

/**
 * Gives the values of a lead the types of the account's fields, because LeadSquared sends all of them as text. Text alone
 * tells nothing: a phone number and a postcode look like numbers, too. https://apidocs.leadsquared.com/meta-data/
 */
export async function leadTypes(ask: Ask): Promise<Converter> {
	const answer = await ask({ method: 'GET', path: '/LeadManagement.svc/LeadsMetaData.Get', query: { excludeOptionSets: '1' }, effect: 'reads' });
	const types = new Map(listAt(answer).map(({ SchemaName, DataType }) => [SchemaName, typeOf(wordsOf(DataType), '').type]));
	return (record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, converted(value, types.get(name))]));
}

/** A value that does not fit the type of its field is left as it came. */
function converted<Value>(value: Value, type?: string): Value | number | boolean {
	if (typeof value !== 'string') return value;
	const text = value.trim().toLowerCase();
	if (type === 'boolean') return BOOLEANS.get(text) ?? value;
	return type === 'number' && NUMBER.test(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER ? Number(text) : value;
}
