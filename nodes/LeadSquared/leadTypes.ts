import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { isExact, parseNumber } from '../shared/base/numbers';
import type { Converter } from '../shared/form/operation';
import type { SendRequest } from '../shared/http/apiRequest';
import { typeOf } from './mapped';

/** A number as LeadSquared writes it. Text with a plus sign or leading zeros stays text, because it would lose them. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const BOOLEANS = new Map<unknown, boolean>([
	['0', false],
	['1', true],
	['false', false],
	['true', true],
]);

/**
 * Returns a converter of leads to the types of the account's fields, because LeadSquared sends every value as text. The
 * text alone is not enough: phone numbers and postcodes look like numbers. https://apidocs.leadsquared.com/meta-data/
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

/** Returns a value in the type of its field. A value that does not fit this type stays as it is. */
function converted<Value>(value: Value, type?: string): Value | number | boolean {
	if (typeof value !== 'string') return value;
	const text = value.trim().toLowerCase();
	if (type === 'boolean') return BOOLEANS.get(text) ?? value;
	// A number stays text if its digits would change, such as an ID of 20 digits or a fraction of 30 digits.
	const number = type === 'number' && NUMBER.test(text) ? parseNumber(text) : undefined;
	return number !== undefined && isExact(number) ? number : value;
}
