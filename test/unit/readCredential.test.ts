import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { CredentialUnresolved, dependsOnItem, readCredential } from '../../nodes/shared/http/readCredential';

type Resolve = (value: unknown, item: number) => unknown;

/** What n8n's expressions give in these tests. */
const resolveText = (value: string, item: number) =>
	value.startsWith('=') ? value.slice(1).replace(/\{\{.*?\}\}/g, `item ${item}`) : value;
const resolveAll: Resolve = (value, item) => {
	if (typeof value === 'string') return resolveText(value, item);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveAll(part, item)]));
};

/** A context that resolves a credential as n8n does: by the expressions of the workflow on the context. */
class Context {
	readonly count = { reads: 0 };
	readonly workflow: { expression: { getParameterValue: Resolve } };

	constructor(
		readonly stored: IDataObject,
		resolve: Resolve = resolveAll,
	) {
		this.workflow = { expression: { getParameterValue: resolve } };
	}

	async getCredentials(_type: string, item: number): Promise<unknown> {
		this.count.reads += 1;
		return this.workflow.expression.getParameterValue({ ...this.stored }, item);
	}
}

const read = async (context: object, item = 0) =>
	await readCredential(context as IExecuteFunctions, 'imaginedApi', item);

describe('what every item gets', () => {
	test.each<[string, IDataObject, string]>([
		['texts', { token: 'a', url: 'https://a.example' }, 'always'],
		['a number, a switch, nothing', { limit: 10, ignore: false, none: null }, 'always'],
		['an equals sign further in', { token: 'a={{ b }}' }, 'always'],
		['an expression', { token: '={{ $json.token }}', url: 'https://a.example' }, 'perItem'],
		['an expression inside text', { token: '=Bearer {{ $json.token }}' }, 'perItem'],
		['an expression deep inside', { more: { token: '={{ $json.token }}' } }, 'perItem'],
		['an expression in a list', { more: ['a', '={{ $json.token }}'] }, 'perItem'],
		['an expression as a name', { more: { '={{ $json.name }}': 'a' } }, 'perItem'],
		['a text that n8n takes for an expression', { token: '=abc' }, 'always'],
		['an external secret', { token: '={{ $secrets.vault.key }}' }, 'always'],
		[
			'a variable, by its name in brackets',
			{ token: "={{ $vars['my-key'] }}", other: '={{ $vars["my-key"] }}' },
			'always',
		],
		['secrets inside text', { token: '={{ $secrets.a.b }}-{{$env.C}}' }, 'always'],
		['a secret and the item', { token: '={{ $secrets.a.b }}{{ $json.token }}' }, 'perItem'],
		['a secret chosen by the item', { token: '={{ $secrets.vault[$json.tenant] }}' }, 'perItem'],
		['a secret that is worked on', { token: '={{ $secrets.a.b + $json.c }}' }, 'perItem'],
		['a call', { token: '={{ $vars.a.concat($itemIndex) }}' }, 'perItem'],
		['a name that only begins like a secret', { token: '={{ $secretsOf.a }}' }, 'perItem'],
	])('%s', async (_name, stored, isSame) => {
		expect((await read(new Context(stored))).isSame).toBe(isSame);
	});

	test('is the credential as n8n resolved it for that item, read once', async () => {
		const context = new Context({ token: '={{ $json.token }}' });

		expect((await read(context, 3)).data).toEqual({ token: 'item 3' });
		expect(context.count.reads).toBe(1);
	});

	test('leaves the context as it was', async () => {
		const context = new Context({ token: 'a' });
		const { workflow } = context;
		const { expression } = workflow;

		await read(context);

		expect([context.workflow, context.workflow.expression, expression.getParameterValue]).toEqual([
			workflow,
			expression,
			resolveAll,
		]);
	});
});

describe('is unknown', () => {
	test.each<[string, object]>([
		[
			'where the context has no workflow, as in older versions of n8n',
			{ getCredentials: async () => ({ token: 'a' }) },
		],
		[
			'where n8n resolves by something else',
			Object.assign(new Context({}), { getCredentials: async () => ({ token: 'a' }) }),
		],
		[
			'where n8n returns more than it resolved',
			Object.assign(new Context({ token: 'a' }), { getCredentials: moreThanResolved }),
		],
		['where n8n returns another value than it resolved', new Context({ token: 'a' }, () => ({ token: 'b' }))],
		['where n8n resolves in two steps', Object.assign(new Context({ token: 'a' }), { getCredentials: inTwoSteps })],
		[
			'where n8n resolves one value after another',
			Object.assign(new Context({ token: 'a' }), { getCredentials: oneByOne }),
		],
	])('%s', async (_name, context) => {
		expect((await read(context)).isSame).toBe('unknown');
	});

	async function moreThanResolved(this: Context) {
		return { ...(this.workflow.expression.getParameterValue({ token: 'a' }, 0) as object), more: 'b' };
	}
	async function inTwoSteps(this: Context) {
		return this.workflow.expression.getParameterValue(this.workflow.expression.getParameterValue({ token: 'a' }, 0), 0);
	}
	async function oneByOne(this: Context) {
		return { token: this.workflow.expression.getParameterValue('a', 0) };
	}
});

test('an expression among several steps is noticed', async () => {
	const context = Object.assign(new Context({}), {
		async getCredentials(this: Context) {
			const { getParameterValue } = this.workflow.expression;
			return { url: getParameterValue('https://a.example', 0), token: getParameterValue('={{ $json.token }}', 0) };
		},
	});

	expect((await read(context)).isSame).toBe('perItem');
});

describe('an error', () => {
	test('of an expression is told as one, with that of n8n', async () => {
		const reason = new Error('Referenced node is unexecuted');
		const context = new Context({ token: '={{ 1 }}' }, () => {
			throw reason;
		});

		const refused = read(context);

		await expect(refused).rejects.toBeInstanceOf(CredentialUnresolved);
		await expect(refused).rejects.toMatchObject({ reason });
		expect(context.count.reads).toBe(1);
	});

	test('before anything was resolved is that of n8n', async () => {
		const reason = new Error('Node does not have any credentials set');
		const context = Object.assign(new Context({}), { getCredentials: async () => await Promise.reject(reason) });

		await expect(read(context)).rejects.toBe(reason);
	});

	test('of a context that takes no other than itself is none', async () => {
		const context = {
			workflow: new Context({}).workflow,
			async getCredentials() {
				if (this !== context) throw new TypeError('Illegal invocation');
				return { token: 'a' };
			},
		};

		expect(await read(context)).toEqual({ data: { token: 'a' }, isSame: 'unknown' });
	});
});

test('no credential whose values differ between items is taken for the same', async () => {
	const piece = fc.constantFrom(
		'{',
		'{{',
		'}}',
		' ',
		'$json.a',
		'$secrets.a.b',
		'$vars.a',
		'{{ $vars.a }}',
		'{{ $json.a }}',
		"'",
		'"',
		'[',
		']',
		'\\',
		'.a',
		'=',
		'+',
	);
	const text = fc.array(piece, { maxLength: 8 }).map((pieces) => `=${pieces.join('')}`);
	/** Whether n8n would run code that names the item: what stands between two braces and the next two. */
	const namesItem = (value: string) =>
		[...value.matchAll(/\{\{(.*?)\}\}/gs)].some(([, code]) => code.includes('$json'));

	await fc.assert(
		fc.asyncProperty(text, async (value) => {
			fc.pre(namesItem(value));
			expect(dependsOnItem({ value })).toBe(true);
		}),
		{ numRuns: 500 },
	);
});
