import type { KeyName } from './idempotencyKey';

/** The entries of the journal. n8n stores them, so the texts never change. The docstring of `Journal` explains their meaning. */
export const begun = ({ key }: KeyName) => `begun ${key}`;
export const done = ({ key }: KeyName) => `done ${key}`;
export const asked = ({ key }: KeyName) => `asked ${key}`;
export const positionEntries = ({ position }: KeyName) => (position === undefined ? [] : [`place ${position}`]);
export const entriesOf = (name: KeyName) => [...positionEntries(name), begun(name)];
/** The oldest entry of an execution. As long as it exists, n8n has not dropped any other entry of the execution. */
export const first = (execution: string) => `first ${execution}`;
/** Says that entries of an execution existed. It is inserted again from time to time, and so outlives them. */
export const mark = (execution: string) => `mark ${execution}`;
/** Says that an execution is a retry, and has read only part of the entries of the retried execution. */
export const part = (execution: string) => `part ${execution}`;
