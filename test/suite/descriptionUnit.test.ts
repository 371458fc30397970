import { together } from './together';

together(['description', 'unit']);
