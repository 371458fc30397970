import Ajv2020 from 'ajv/dist/2020';
import { loadContract, type Schema } from '../sandbox/contract';
import { vendors } from '../support/vendors';

const ajv = new Ajv2020({ strict: false });

/** Everything below a `schema` member and the components, with the place where it stands. */
function schemasOf(value: unknown, place: string): Array<[string, Schema]> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, part]) => {
		const at = `${place}/${name}`;
		return name === 'schema' || /\/components\/schemas\/[^/]+$/.test(at) ? [[at, part as Schema]] : schemasOf(part, at);
	});
}

test.each(vendors)('the schemas of the contract of $name are such as JSON Schema 2020-12 allows', ({ name }) => {
	const schemas = schemasOf(loadContract(name), name);

	expect(schemas.filter(([, schema]) => !ajv.validateSchema(schema)).map(([place]) => place)).toEqual([]);
	expect(schemas.length).toBeGreaterThan(20);
});
