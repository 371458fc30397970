import { suiteGroup } from './together';

suiteGroup(5);
