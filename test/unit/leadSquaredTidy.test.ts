import { tidy } from '../../nodes/LeadSquared/tidy';

test.each([
	['2026-07-25 10:30:00.000', '2026-07-25T10:30:00Z'],
	['2026-07-25 10:30:00', '2026-07-25T10:30:00Z'],
	['/Date(1751910591000+0000)/', '2025-07-07T17:49:51Z'],
	['/Date(1751910591000)/', '2025-07-07T17:49:51Z'],
	['/Date(-1000+0530)/', '1969-12-31T23:59:59Z'],
	['7/25/2026 12:05:06 AM', '2026-07-25T00:05:06Z'],
	['7/25/2026 12:05:06 PM', '2026-07-25T12:05:06Z'],
	['12/1/2026 1:05:06 PM', '2026-12-01T13:05:06Z'],
	['2/29/2028 11:59:59 PM', '2028-02-29T23:59:59Z'],
	['0001-01-01 00:00:00.000', null],
])('the timestamp %s becomes %s', (text, iso) => {
	expect(tidy({ On: text })).toEqual({ On: iso });
});

test.each([
	'2026-02-30 10:30:00',
	'25/7/2026 10:30:00 AM',
	'2/30/2026 10:30:00 AM',
	'7/25/2026 10:61:00 AM',
	'2026-07-25',
	'Call on 2026-07-25 10:30:00',
	'2026-13-45 99:99:99',
	'25/07/2026',
	'+91-9000000000',
	'',
	'/Date(99999999999999999)/',
])('the text %j stays as it is', (text) => {
	expect(tidy({ Text: text })).toEqual({ Text: text });
});

test('timestamps at any depth of a record are converted, and other values stay as they are', () => {
	expect(tidy({ Fields: [{ Value: '2026-07-25 10:30:00', Score: 10, Empty: null, Is: true }] })).toEqual({
		Fields: [{ Value: '2026-07-25T10:30:00Z', Score: 10, Empty: null, Is: true }],
	});
});
