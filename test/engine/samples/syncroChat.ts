import type { Sample } from '.';

export const syncroChatSamples: Sample[] = [];
