import { together } from './together';

together('trigger', 1, 1);
