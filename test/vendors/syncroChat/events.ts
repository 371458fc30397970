import { hmac, Outbox } from '../../sandbox/outbox';
import type { VendorSandbox } from '../../sandbox/types';

type Row = Record<string, unknown> & { id: number };

interface Records {
	leads: ReadonlyMap<number, Row>;
	tasks: ReadonlyMap<number, Row>;
	webhooks: ReadonlyMap<number, Row>;
}

/** What each operation on a lead is told as. */
const leadEvents: Record<string, string[]> = {
	createLead: ['lead.created'],
	moveLead: ['lead.stage_changed', 'lead.updated'],
	markLeadWon: ['lead.won', 'lead.updated'],
	markLeadLost: ['lead.updated'],
};

/** The webhooks of Syncro Chat: body, header and encoding are assumed, because none of them is documented. */
export function syncroChatEvents({ leads, tasks, webhooks }: Records) {
	const outbox = new Outbox();
	const secrets = new Map<number, string>();
	const completed = new Set<number>();
	const tell = (event: string, record: object) => {
		for (const { id, target_url, events, is_active } of webhooks.values()) {
			if (!is_active || !(events as string[]).includes(event) || !secrets.has(id)) continue;
			outbox.add(String(target_url), { event, ...record }, (body) => ({
				'x-syncro-signature': `sha256=${hmac(body, secrets.get(id)!)}`,
			}));
		}
	};
	return {
		take: outbox.take,
		telling: (handlers: VendorSandbox['handlers']) =>
			outbox.telling(handlers, (id, { params }, body) => {
				const answer = body as { id?: number; secret?: string; lead?: Row; task?: Row };
				if (id === 'createWebhook') secrets.set(answer.id!, answer.secret!);
				const lead = answer.lead ?? leads.get(Number(params.id));
				for (const event of leadEvents[id] ?? []) if (lead) tell(event, { lead });
				const task = tasks.get(answer.task?.id ?? Number(params.id));
				if (!task || !['createTask', 'updateTask', 'toggleTask'].includes(id)) return;
				if (task.status === 'completed' && !completed.has(task.id)) tell('task.completed', { task });
				if (task.status === 'completed') completed.add(task.id);
				else completed.delete(task.id);
			}),
	};
}
