import type { Resources } from '../../shared/form/operation';
import { task } from './task';

export const resources: Resources = { task };
