import type { INodeProperties } from 'n8n-workflow';
import type { Field, Fields } from '../fields';
import { checkFor, type Input } from '../fields/check';
import { formElement } from '../form/properties';
import type { Vendor } from '../form/vendor';

/** Events, each with the fields that the form shows when it is chosen. */
type Asking = Readonly<Record<string, { fields?: Fields }>>;

/** The part of n8n's contexts of hooks, deliveries and polls that reads the form. */
interface Form {
	getNodeParameter(name: string, fallback: null): unknown;
	getTimezone(): string;
}

/** Returns the form elements of the events' own fields, each shown when one of its events is chosen. */
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
 * Returns the checked values of an event's own fields.
 *
 * @throws FailureError with the field, its value and what it must be
 */
export function givenFor({ fields = {} }: Asking[string], form: Form, { formats }: Vendor): Input {
	const keyed = Object.entries(fields).map(([key, field]) => ({ key, field: field as Field }));
	return checkFor(keyed, { zone: form.getTimezone(), formats })(
		keyed.map((one) => [one, form.getNodeParameter(one.key, null) ?? undefined]),
	);
}
