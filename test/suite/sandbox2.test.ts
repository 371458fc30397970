import { together } from './together';

together('sandbox', 2, 2);
