import { setLogger } from './support/quiet';

setLogger();
