import { together } from './together';

together('description', 1, 1);
