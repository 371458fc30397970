import { setLogger } from './support/quiet';

// Before each test: n8n-core puts a logger of its own in place once it is loaded, and what jest mocks is restored after a test.
beforeEach(setLogger);
