import { together } from './together';

together(['engine'], 2, 2);
