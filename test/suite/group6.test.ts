import { suiteGroup } from './together';

suiteGroup(6);
