import type { Recorded, Reply } from './types';

/** Something that goes wrong on the way, on demand. */
export type Fault = {
	/** How many requests are hit; all that match when left out. */
	times?: number;
	/** Which requests are hit. */
	match?: (request: Pick<Recorded, 'method' | 'path' | 'body'>) => boolean;
} &
	/** The request is not carried out, and answered with this. */
	(| { kind: 'answer'; reply: Reply }
		/** The request is carried out, and this is answered in place of the real answer. */
		| { kind: 'answerAfter'; reply: Reply }
		/** The request is carried out, and the text is sent as it is, as JSON unless the headers say otherwise. */
		| { kind: 'rawAnswer'; status: number; headers?: Record<string, string>; text: string | Buffer }
		/** The request is carried out, after a while. */
		| { kind: 'delay'; ms: number }
		/** The request is carried out, once a promise is fulfilled. */
		| { kind: 'hold'; until: Promise<void> }
		/** The connection is closed before the vendor looks at the request. */
		| { kind: 'reset' }
		/** The request is carried out, and the connection is closed before the answer. */
		| { kind: 'lostAnswer' }
		/** The request is carried out, and the answer is cut off in the middle, or comes as text that is no whole JSON. */
		| { kind: 'halfAnswer' | 'brokenJson' }
		/** The request is carried out, and the answer comes byte by byte. */
		| { kind: 'drip'; ms: number }
		/** The request is carried out, and its answer (200, JSON) never ends: 64 KiB every `ms` milliseconds, 10 when left out. */
		| { kind: 'endless'; ms?: number }
		/** The request is not carried out, and no answer ever comes. */
		| { kind: 'silence' }
		/** The request is not carried out, and the vendor wants to go on in another protocol (101). */
		| { kind: 'switchingProtocols' }
	);

/** Faults waiting to happen, first come first served. */
export class Faults {
	private waiting: Array<{ fault: Fault; left: number }> = [];

	add(fault: Fault): void {
		this.waiting.push({ fault, left: fault.times ?? Infinity });
	}

	clear(): void {
		this.waiting = [];
	}

	/** The fault that hits a request, used up by one. */
	take(request: Pick<Recorded, 'method' | 'path' | 'body'>): Fault | undefined {
		const hit = this.waiting.find(({ fault, left }) => left > 0 && (fault.match?.(request) ?? true));
		if (!hit) return undefined;
		hit.left -= 1;
		return hit.fault;
	}
}
