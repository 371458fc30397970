/**
 * Milliseconds on a clock that nobody sets: that of the day may go back by hours, when a server of time corrects it for
 * instance, and whatever waits for a moment of it would stand still for as long.
 */
export const clock = (): number => Math.floor(performance.now());
