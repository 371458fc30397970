/** The public part of this folder: other folders import from here. */
export { AdaptiveConcurrency } from './adaptiveConcurrency';
export { Deadlines } from './deadlines';
export type { Rate } from './rates';
export { countLockedRecords, recordInPath, recordName, RecordLocks, type LockMode } from './recordLocks';
export { serverLimit, type ServerLimit } from './serverLimit';
export { PauseTooLong, Throttle, type Release, type SlotWait } from './throttle';
export { throttleFor } from './throttles';
