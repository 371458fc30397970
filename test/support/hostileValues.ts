import fc from 'fast-check';

/** Values that an expression may give, as n8n's own syntax, where JSON cannot say them. */
const expressions = [
	'={{ Infinity }}',
	'={{ NaN }}',
	'={{ undefined }}',
	'={{ null }}',
	'={{ new Date("never") }}',
	'={{ DateTime.fromISO("never") }}',
	'={{ $now }}',
	'={{ new Date() }}',
	'={{ [] }}',
	'={{ [[]] }}',
	'={{ ({}) }}',
	'={{ ({ __rl: true, mode: "list", value: { a: 1 } }) }}',
	'={{ ({ __rl: true, mode: "email", value: "" }) }}',
	'={{ ({ mappingMode: "defineBelow", value: { "1": { a: 1 } }, schema: [] }) }}',
	'={{ ({ values: [{ nobody: 1 }] }) }}',
	'={{ "x".repeat(100000) }}',
];

const texts = [
	'',
	' ',
	'0',
	'-1',
	'1.5',
	'1e3',
	'../../admin',
	'..',
	'.',
	'1/../../2',
	'1?x=1',
	'1#x',
	'%2e%2e',
	'\u0000',
	'\ud800',
	'\r\nX-Injected: 1',
	'💥',
	'true',
	'null',
	'{}',
	'{{ $json }}',
	"' OR 1=1 --",
	'<script>',
	'31/12/2026',
	'2026-02-31',
	'99999-01-01',
	'2026-07-01T25:00',
	'2026-07-01T09:00+15:00',
	'+5511',
	'a@b',
	'javascript:alert(1)',
	'__proto__',
	'constructor',
];
const numbers = [0, -1, -0, 1.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e308, -1e308, 5e-324];

/** A value for a parameter of a node. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(...expressions),
	fc.constantFrom(...texts),
	fc.constantFrom(...numbers),
	fc.boolean(),
	fc.constant(null),
	fc.jsonValue({ maxDepth: 3 }),
);
