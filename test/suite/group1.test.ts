import { suiteGroup } from './together';

suiteGroup(1);
