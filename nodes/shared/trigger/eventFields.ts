import type { INodeProperties } from 'n8n-workflow';
import type { Field, Fields } from '../fields';
import { checkFor, type Input } from '../fields/check';
import { formElement } from '../form/properties';
import type { Vendor } from '../form/vendor';

/** An event as far as it wants to be told more when it is chosen. */
type Asking = Readonly<Record<string, { fields?: Fields }>>;

/** What a form is read from: n8n's contexts of hooks, deliveries and polls have it alike. */
interface Form {
	getNodeParameter(name: string, fallback: null): unknown;
	getTimezone(): string;
}

/** The form elements of events that have fields of their own, each shown when one of its events is chosen. */
export function eventElements(events: Asking): INodeProperties[] {
	const all = Object.entries(events).flatMap(([event, { fields = {} }]) =>
		Object.entries(fields).map(([key, field]) => ({ event, key, field: field as Field })),
	);
	return [...new Set(all.map(({ key }) => key))].map((name) => {
		const ours = all.filter(({ key }) => key === name);
		const { field } = ours[0];
		return {
			...formElement(name, field),
			...(field.spec.required ? { required: true } : {}),
			displayOptions: { show: { events: ours.map(({ event }) => event) } },
		};
	});
}

/**
 * The checked values of an event's own fields.
 *
 * @throws FailureError that names the field, what came and what is allowed
 */
export function givenFor({ fields = {} }: Asking[string], form: Form, { formats }: Vendor): Input {
	const keyed = Object.entries(fields).map(([key, field]) => ({ key, field: field as Field }));
	return checkFor(keyed, { zone: form.getTimezone(), formats })(
		keyed.map((one) => [one, form.getNodeParameter(one.key, null) ?? undefined]),
	);
}
