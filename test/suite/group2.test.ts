import { suiteGroup } from './together';

suiteGroup(2);
