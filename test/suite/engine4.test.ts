import { together } from './together';

together('engine', 4, 4);
