import type { Outcome } from '../../nodes/shared/http/retryPolicy';
import type { Fault } from '../sandbox/faults';
import { quickTime } from '../support/quickTime';
import type { NodeName } from '../support/run';

/** The clock is ahead by so much, in milliseconds: a deadline passes when the vendor stays silent and not before, however slow the machine is. */
let aheadMs = 0;
const letDeadlinePass = () => Boolean((aheadMs += 61_000));

/** Takes the waiting out of the tests of a file. */
export function withoutWaiting(): void {
	// Pauses of our own have full jitter, so that a random number of 0 makes them none.
	beforeEach(() => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		// Past every pause that a test before this one left.
		aheadMs += 61_000;
	});
	// A deadline that has passed is seen at the next look.
	quickTime(5, () => aheadMs);
}

/** Options and credential with which "slow down" is a short pause, or one that is too long. */
export const patient = { options: { maxWait: 300 }, credential: { windowSeconds: 0.01 } };
export const hasty = { options: { maxWait: 1 }, credential: { windowSeconds: 5 } };

type FaultKind = Fault extends infer One ? (One extends Fault ? Omit<One, 'times'> : never) : never;
const answer = (status: number, body: unknown, headers?: Record<string, string>): FaultKind =>
	({ kind: 'answer', reply: { status, body, headers } }) as FaultKind;
const slowBody = { message: 'Rate limit excedido para esta API Key.' };
const slowLeadSquared = {
	Status: 'Error',
	ExceptionType: 'MXAPIRateLimitExceededException',
	ExceptionMessage: 'API calls exceeded the limit of 25 in 5 second(s)',
};

export interface FaultRow {
	name: string;
	fault: FaultKind;
	/** The fault as it lasts, where it names a time. */
	forGood?: FaultKind;
	outcome: Outcome;
	words: string;
	only?: NodeName;
	/** Whether the pause it asks for, which is too long for `hasty`, is known to a vendor; without one the node tries again after about a second. */
	tellsPause?: (node: NodeName) => boolean;
}

/** Everything that can go wrong on the way to a vendor that is there. */
export const faults: FaultRow[] = [
	{
		name: '429 with a Retry-After header',
		fault: answer(429, slowBody, { 'retry-after': '0.01' }),
		forGood: answer(429, slowBody, { 'retry-after': '5' }),
		tellsPause: () => true,
		outcome: 'rateLimited',
		words: 'is limiting requests',
	},
	{
		name: '429 with retry_after in the body',
		fault: answer(429, { ...slowBody, retry_after: 0.01 }),
		forGood: answer(429, { ...slowBody, retry_after: 5 }),
		tellsPause: (node) => node === 'syncroChat',
		outcome: 'rateLimited',
		words: 'is limiting requests',
	},
	{
		name: '429 that says nothing',
		fault: answer(429, ''),
		outcome: 'rateLimited',
		words: 'is limiting requests',
	},
	{
		name: '403 that means 429',
		fault: answer(403, slowLeadSquared),
		outcome: 'rateLimited',
		words: 'is limiting requests',
		only: 'leadSquared',
	},
	{
		name: '200 that means 429',
		fault: answer(200, slowLeadSquared),
		outcome: 'rateLimited',
		words: 'is limiting requests',
		only: 'leadSquared',
	},
	{
		name: '500',
		fault: answer(500, { message: 'Server Error' }),
		outcome: 'broken',
		words: 'returned a server error: Server Error',
	},
	{
		name: '503',
		fault: answer(503, { message: 'Service Unavailable' }),
		outcome: 'broken',
		words: 'returned a server error: Service Unavailable',
	},
	{
		name: '500 that means validation',
		fault: answer(500, {
			Status: 'Error',
			ExceptionType: 'MXMandatoryAttributeMissingException',
			ExceptionMessage: "'Owner' is mandatory",
		}),
		outcome: 'refused',
		words: "refused the request: 'Owner' is mandatory",
		only: 'leadSquared',
	},
	{
		name: 'a timeout',
		fault: { kind: 'silence', match: letDeadlinePass },
		outcome: 'noResponse',
		words: 'did not respond within 60 s',
	},
	{
		name: 'a reset before the vendor looked',
		fault: { kind: 'reset' },
		outcome: 'noResponse',
		words: 'closed the connection',
	},
	{
		name: 'a reset after the vendor acted',
		fault: { kind: 'lostAnswer' },
		outcome: 'noResponse',
		words: 'closed the connection',
	},
	{ name: 'half an answer', fault: { kind: 'halfAnswer' }, outcome: 'noResponse', words: 'closed the connection' },
	{
		name: 'JSON that is cut off',
		fault: { kind: 'brokenJson' },
		outcome: 'unreadable',
		words: 'text that is not valid JSON',
	},
	{
		name: 'an HTML page in place of JSON',
		fault: answer(200, '<!doctype html><title>Login</title>'),
		outcome: 'unreadable',
		words: 'an HTML page (status 200)',
	},
	{
		name: 'an HTML page of a proxy',
		fault: answer(502, '<html>Bad gateway</html>'),
		outcome: 'unreadable',
		words: 'an HTML page (status 502)',
	},
	{
		name: 'a redirect',
		fault: answer(302, '', { location: 'https://elsewhere.example/' }),
		outcome: 'redirected',
		words: 'a redirect to https://elsewhere.example/',
	},
	{
		name: 'a refusal',
		fault: answer(422, { message: 'No', errors: { subject: ['No'] }, ExceptionType: 'MXNo', ExceptionMessage: 'No' }),
		outcome: 'refused',
		words: 'refused the request',
	},
];
