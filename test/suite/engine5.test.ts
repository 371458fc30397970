import { together } from './together';

together('engine', 5, 6);
