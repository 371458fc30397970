/**
 * Returns the milliseconds of a monotonic clock.
 *
 * The system clock may go back by hours, for example when NTP corrects it. A wait on it would then be hours too long.
 */
export const clock = (): number => Math.floor(performance.now());
