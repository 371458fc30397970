import { fastGroup } from '../together';

fastGroup(2);
