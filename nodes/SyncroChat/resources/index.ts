import type { Resources } from '../../shared/operation';
import { task } from './task';

export const resources: Resources = { task };
