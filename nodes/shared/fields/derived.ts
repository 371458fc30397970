import type { INodePropertyTypeOptions } from 'n8n-workflow';
import { Field, withChange, type Change, type FieldSpec } from './field';

/**
 * A field whose builders tell facts, and whose spec is derived from all of them together. A builder that changed what
 * another one had made of the spec would mean something else in another order.
 */
export class DerivedField<Facts extends object, Value> extends Field<Value> {
	private readonly facts: Partial<Facts> = {};
	/** What the builders of every field changed: it stands whatever the facts are. */
	private readonly change: Change = {};

	constructor(private readonly derive: (facts: Partial<Facts>) => FieldSpec) {
		super(derive({}));
	}

	protected override with(change: Change): this {
		return this.derived(this.facts, { ...this.change, ...change, ui: { ...this.change.ui, ...change.ui } });
	}

	protected tell(facts: Partial<Facts>): this {
		return this.derived({ ...this.facts, ...facts }, this.change);
	}

	private derived(facts: Partial<Facts>, change: Change): this {
		return this.copy({ facts, change, spec: withChange(this.derive(facts), change) });
	}
}

/** The members that have a value: one that is undefined is there for whoever compares two specs. */
export function given<Members extends object>(members: Members): Partial<Members> {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Members>;
}

/** Type options of a form element, or none at all where none is given. */
export function typeOptions(options: INodePropertyTypeOptions): { typeOptions?: INodePropertyTypeOptions } {
	const members = given(options);
	return Object.keys(members).length > 0 ? { typeOptions: members } : {};
}
