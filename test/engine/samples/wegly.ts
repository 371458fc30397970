import type { Sample } from '.';

export const weglySamples: Sample[] = [];
