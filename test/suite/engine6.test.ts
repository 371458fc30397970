import { together } from './together';

together('engine', 6, 6);
