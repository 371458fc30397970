import { fastGroup } from '../together';

fastGroup(1);
