import type { Resources } from '../../shared/operation';
import { chat } from './chat';
import { task } from './task';

export const resources: Resources = { chat, task };
