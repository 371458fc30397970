import type { Resources } from '../../shared/operation';
import { dealEvent } from './dealEvent';

export const resources: Resources = { dealEvent };
