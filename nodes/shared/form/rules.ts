import { parseDateTime } from '../base/dates';

/** A field by its key and its label. */
type Labelled<Key extends string> = readonly [key: Key, label: string];
/** Input with these keys. The compiler refuses the rule for an operation that lacks one of them. */
type With<Key extends string> = Readonly<Record<Key, string | undefined>>;

/**
 * Creates a rule: the end is not before the start. The values are dates, or dates and times. The message shows dates
 * and times in the workflow's time zone.
 *
 * @param writtenIn zone to add to values that are shown without one
 * @example inOrder(['start', 'Start'], ['end', 'End'])
 */
export function inOrder<Early extends string, Late extends string>(
	[early, earlyLabel]: Labelled<Early>,
	[late, lateLabel]: Labelled<Late>,
	writtenIn = '',
) {
	// `NoInfer` keeps TypeScript from widening the keys to `string`.
	return (input: With<NoInfer<Early | Late>>, zone?: string): string | undefined => {
		// A comparison with undefined is false, so an absent value breaks no rule.
		const [from, until] = [input[early], input[late]] as string[];
		if (!(until < from)) return undefined;
		const [shownFrom, shownUntil] = [from, until].map((value) => inZone(value, zone) ?? value + writtenIn);
		return `'${lateLabel}' (${shownUntil}) is before '${earlyLabel}' (${shownFrom})`;
	};
}

/** A date without a time. It is the same in every zone. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Returns a UTC date and time in a vendor's format as the local time of a zone. */
function inZone(value: string, zone: string | undefined): string | undefined {
	const time = zone === undefined || DAY.test(value) ? undefined : parseDateTime(value, 'UTC')?.setZone(zone);
	return time && `${time.toFormat('yyyy-MM-dd HH:mm:ss')} ${zone}`;
}

const DAY_MS = 86_400_000;

/**
 * Creates a rule: two dates are at most `most` days apart.
 *
 * @example withinDays(100, ['FromDate', 'From Date'], ['ToDate', 'To Date'])
 */
export function withinDays<Early extends string, Late extends string>(
	most: number,
	[early, earlyLabel]: Labelled<Early>,
	[late, lateLabel]: Labelled<Late>,
) {
	return (input: With<NoInfer<Early | Late>>): string | undefined => {
		const [from, until] = [input[early], input[late]] as string[];
		const days = (Date.parse(until) - Date.parse(from)) / DAY_MS;
		return days > most
			? `'${lateLabel}' (${until}) is ${days} days after '${earlyLabel}' (${from}), but must be at most ${most} days after it`
			: undefined;
	};
}

/**
 * Creates a rule: email or phone is given, because the vendor finds the record by one of them.
 *
 * @param noun the record, such as `lead`
 * @example emailOrPhone('lead')
 */
export function emailOrPhone(noun: string) {
	return ({ email, phone }: With<'email' | 'phone'>): string | undefined =>
		email || phone
			? undefined
			: `'Email' and 'Phone' are both empty. Enter at least one of them to identify the ${noun}`;
}
