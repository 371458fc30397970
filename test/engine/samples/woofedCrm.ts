import type { Sample } from '.';

export const woofedCrmSamples: Sample[] = [];
