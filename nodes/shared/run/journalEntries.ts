import type { Name } from './claim';

/** The texts under which the journal notes items and executions; its docstring says what they mean. */
export const begun = ({ key }: Name) => `begun ${key}`;
export const done = ({ key }: Name) => `done ${key}`;
export const asked = ({ key }: Name) => `asked ${key}`;
export const placeOf = ({ place }: Name) => (place === undefined ? [] : [`place ${place}`]);
export const entriesOf = (name: Name) => [...placeOf(name), begun(name)];
/** The oldest note of an execution: while it is there, none of the others is forgotten. */
export const first = (execution: string) => `first ${execution}`;
/** Says that there are notes of an execution. It is written anew from time to time, and so outlives them. */
export const mark = (execution: string) => `mark ${execution}`;
/** Says that an execution is the retry of another one, whose notes it has looked up only in part. */
export const part = (execution: string) => `part ${execution}`;
