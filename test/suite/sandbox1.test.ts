import { together } from './together';

together('sandbox', 1, 1);
