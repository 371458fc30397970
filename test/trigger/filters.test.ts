import type { IDataObject } from 'n8n-workflow';
import { triggers } from '../support/triggers';

/** A filter's value, and deliveries that it must keep and drop: one to keep for each place where the vendor may write the value. */
interface FilterCase {
	value: unknown;
	keeps: IDataObject[];
	drops: IDataObject[];
}

const changed = (...names: string[]) => ({
	data: { changed_attributes: names.map((name) => ({ [name]: { current_value: 1 } })) },
});

const cases: Readonly<Record<string, Readonly<Record<string, FilterCase>>>> = {
	syncroChatTrigger: {
		ignoreSource: {
			value: 'n8n, api',
			keeps: [{ lead: { source: 'site' } }, { lead: {} }, { source: 'site' }],
			drops: [
				{ lead: { source: 'n8n' } },
				{ lead: { source: 'api' } },
				{ task: { source: 'n8n' } },
				{ data: { source: 'n8n' } },
				{ payload: { source: 'n8n' } },
				{ source: 'n8n' },
			],
		},
	},
	woofedCrmTrigger: {
		changedAttributes: {
			value: 'stage_id, label_list',
			keeps: [changed('stage_id'), changed('label_list', 'name')],
			drops: [changed('name'), changed(), { data: {} }, {}],
		},
		ignoreOwn: {
			value: true,
			keeps: [{ data: { from_me: false } }, { data: {} }, {}],
			drops: [{ data: { from_me: true } }],
		},
		stages: {
			value: '3, 5',
			keeps: [{ data: { stage_id: 3 } }, { data: { stage_id: '5' } }, { data: { deal: { stage_id: 5 } } }],
			drops: [
				{ data: { stage_id: 4 } },
				{ data: { deal: { stage_id: 4 } } },
				{ data: { stage_id: 4, deal: { stage_id: 5 } } },
				{ data: {} },
				{},
			],
		},
	},
};

const all = triggers.flatMap(({ name, trigger }) =>
	Object.entries(trigger.filters ?? {}).map(([key, filter]) => ({ name, key, filter })),
);

test('every filter of a trigger has deliveries here that it keeps and that it drops', () => {
	const missing = all
		.filter(({ name, key }) => !cases[name]?.[key]?.keeps.length || !cases[name][key].drops.length)
		.map(({ name, key }) => `${name}.${key}`);

	expect(missing).toEqual([]);
});

test.each(
	all.flatMap(({ name, key, filter }) => {
		const { value, keeps, drops } = cases[name]?.[key] ?? { value: undefined, keeps: [], drops: [] };
		const rows = [...keeps.map((body) => ({ body, isKept: true })), ...drops.map((body) => ({ body, isKept: false }))];
		return rows.map((row) => ({
			...row,
			filter,
			value,
			title: `${name}: ${key} ${row.isKept ? 'keeps' : 'drops'} ${JSON.stringify(row.body)}`,
		}));
	}),
)('$title', ({ filter, value, body, isKept }) => {
	expect(filter.keeps({ body, headers: {} }, value as never)).toBe(isKept);
});
