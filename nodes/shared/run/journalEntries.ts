import type { KeyName } from './idempotencyKey';

/** The texts under which the journal notes items and executions; its docstring says what they mean. */
export const begun = ({ key }: KeyName) => `begun ${key}`;
export const done = ({ key }: KeyName) => `done ${key}`;
export const asked = ({ key }: KeyName) => `asked ${key}`;
export const placeOf = ({ place }: KeyName) => (place === undefined ? [] : [`place ${place}`]);
export const entriesOf = (name: KeyName) => [...placeOf(name), begun(name)];
/** The oldest note of an execution: while it is there, none of the others is forgotten. */
export const first = (execution: string) => `first ${execution}`;
/** Says that there are notes of an execution. It is written anew from time to time, and so outlives them. */
export const mark = (execution: string) => `mark ${execution}`;
/** Says that an execution is the retry of another one, whose notes it has looked up only in part. */
export const part = (execution: string) => `part ${execution}`;
