import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { isExact, parseNumber } from '../shared/base/numbers';
import type { Converter } from '../shared/form/operation';
import type { SendRequest } from '../shared/http/apiRequest';
import { typeOf } from './mapped';

/** A number as LeadSquared writes it: a sign or zeros before it would be lost. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
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
export async function leadTypes(send: SendRequest): Promise<Converter> {
	const response = await send({
		method: 'GET',
		path: '/LeadManagement.svc/LeadsMetaData.Get',
		query: { excludeOptionSets: '1' },
		effect: 'reads',
	});
	const types = new Map(
		listAt(response).map(({ SchemaName, DataType }) => [SchemaName, typeOf(toText(DataType), '').type]),
	);
	return (record) =>
		Object.fromEntries(Object.entries(record).map(([name, value]) => [name, converted(value, types.get(name))]));
}

/** A value that does not fit the type of its field is left as it came. */
function converted<Value>(value: Value, type?: string): Value | number | boolean {
	if (typeof value !== 'string') return value;
	const text = value.trim().toLowerCase();
	if (type === 'boolean') return BOOLEANS.get(text) ?? value;
	// A number whose digits would change stays text, such as an ID of twenty digits or a fraction of thirty.
	const number = type === 'number' && NUMBER.test(text) ? parseNumber(text) : undefined;
	return number !== undefined && isExact(number) ? number : value;
}
