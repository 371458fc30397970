import { suiteGroup } from './together';

suiteGroup(4);
