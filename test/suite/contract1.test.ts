import { together } from './together';

together('contract', 1, 1);
