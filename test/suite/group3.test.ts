import { suiteGroup } from './together';

suiteGroup(3);
