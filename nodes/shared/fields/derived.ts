import type { INodePropertyTypeOptions } from 'n8n-workflow';
import { Field, withChange, type Change, type FieldSpec } from './field';

/**
 * A field whose builder methods collect facts. Its spec is derived from all facts together, so that the order of the
 * methods (`.min(1).max(5).blank()`) has no effect.
 */
export class DerivedField<Facts extends object, Value> extends Field<Value> {
	private readonly facts: Partial<Facts> = {};
	/** Changes by the methods of every field. They override the spec that is derived from the facts. */
	private readonly change: Change = {};

	constructor(private readonly derive: (facts: Partial<Facts>) => FieldSpec) {
		super(derive({}));
	}

	protected override with(change: Change): this {
		return this.derived(this.facts, { ...this.change, ...change, ui: { ...this.change.ui, ...change.ui } });
	}

	protected set(facts: Partial<Facts>): this {
		return this.derived({ ...this.facts, ...facts }, this.change);
	}

	private derived(facts: Partial<Facts>, change: Change): this {
		return this.copy({ facts, change, spec: withChange(this.derive(facts), change) });
	}
}

/** Returns the properties that are not undefined, because an undefined property makes two equal specs differ. */
export function given<Members extends object>(members: Members): Partial<Members> {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Members>;
}

/** Returns the `typeOptions` of a form element, or an empty object if no option has a value. */
export function typeOptions(options: INodePropertyTypeOptions): { typeOptions?: INodePropertyTypeOptions } {
	const members = given(options);
	return Object.keys(members).length > 0 ? { typeOptions: members } : {};
}
