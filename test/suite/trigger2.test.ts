import { together } from './together';

together('trigger', 2, 2);
