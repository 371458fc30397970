import { isObject } from '../shared/base/json';
import { listAt } from '../shared/base/lists';
import type { PageStyle } from '../shared/http/paging';
import { pagesOf } from './vendor';

/** Neither the form of the answer nor its largest page is documented: the size is that of the sample. https://github.com/LeadSquared/php-library */
export const productPages: PageStyle = { ...pagesOf(undefined, 10), records: (answer) => listAt(answer, Array.isArray(answer) ? undefined : listName(answer)) };

/** Name of the one list in an answer. */
const listName = (answer: unknown) => Object.entries(isObject(answer) ? answer : {}).find(([, member]) => Array.isArray(member))?.[0] ?? 'List';

/** The page size of the example. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
export const webhookPages = pagesOf('Response', 25, 'WebhookId');
