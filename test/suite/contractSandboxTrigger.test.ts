import { together } from './together';

together(['contract', 'sandbox', 'trigger']);
