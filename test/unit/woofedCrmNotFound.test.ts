import type { SentRequest } from '../../nodes/shared/http/api';
import { notFound } from '../../nodes/WoofedCrm/notFound';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';

const framework = { status: 404, error: 'Not Found' };
const missing = { error: 'Resource could not be found' };
const railsPage =
	"<!DOCTYPE html>\n<html>\n<head>\n  <title>The page you were looking for doesn't exist (404)</title></head></html>";

const asked = (line: string): SentRequest => {
	const [method, path] = line.split(' ') as [string, string];
	return { method, path };
};

test.each([
	'POST /deals/search',
	'POST /users/search',
	'POST /users',
	'GET /pipelines',
	'GET /apps/chatwoots/inboxes',
	'DELETE /contacts/15',
	'POST /deal_assignees',
	'DELETE /deal_assignees/4',
	'PUT /products/3',
	'PATCH /products/3',
	'PUT /deal_products/3',
	'POST /contacts/15/events',
	'GET /contacts',
	'GET /deals/search?query%5Bid_eq%5D=1',
])("the framework's 404 to %s means that the version lacks it", (line) => {
	for (const body of [framework, railsPage, railsPage.replace('(404)', '(404 Not found)')]) {
		expect(notFound(body, asked(line))).toMatchObject({
			isUnsupported: true,
			hint: expect.stringContaining('update WoofedCRM'),
		});
	}
});

test.each([
	'GET /contacts/15',
	'GET /deals/27',
	'PUT /deals/27',
	'PATCH /deals/27/',
	'POST /deals/1abc/events',
	'GET /products/3',
	'GET /deal_products/3',
	'POST /contacts/search',
	'GET /contacts/search?query%5Bid_eq%5D=0',
	'POST /deals/upsert',
])("the framework's 404 to %s is about a record or the address, because every version has the request", (line) => {
	expect(notFound(framework, asked(line))).toEqual({ hint: 'There is no record with this ID.', isMissing: true });
});

test.each(['DELETE /contacts/15', 'PUT /products/3', 'POST /deal_products', 'POST /deal_assignees', 'GET /deals/27'])(
	'the words of the server about a record count for %s',
	(line) => {
		expect(notFound(missing, asked(line))).toEqual({ hint: 'There is no record with this ID.', isMissing: true });
		expect(notFound({ errors: 'Not found' }, asked(line))).toMatchObject({ isMissing: true });
	},
);

test.each([missing, { errors: 'Not found' }])(
	'a search that an older version takes for the ID of a deal is lacking, not missing: %j',
	(body) => {
		expect(notFound(body, asked('GET /deals/search'))).toMatchObject({ isUnsupported: true });
	},
);

test.each([
	{ detail: 'Not Found' },
	'<html><title>404 Not Found</title></html>',
	'',
	null,
	{ status: 404 },
	{ error: 'Not Found' },
	{ status: 405, error: 'x' },
])('%j does not tell whose 404 it is', (body) => {
	expect(notFound(body, asked('POST /deals/search'))).toEqual({});
});

test('a verdict without its request keeps both possibilities', () => {
	const verdict = woofedCrm.readResponse({ status: 404, headers: {}, body: framework });

	expect(verdict).toMatchObject({
		kind: 'refused',
		hint: expect.stringMatching(/no record with this ID\. Older versions/),
	});
	expect(verdict).not.toHaveProperty('isUnsupported');
});

test('only a 404 is looked at', () => {
	expect(woofedCrm.readResponse({ status: 422, headers: {}, body: missing }, asked('POST /users'))).not.toHaveProperty(
		'isMissing',
	);
});
