import { parseDateTime } from '../base/dates';

/** A field by its key and its label. */
type Labelled<Key extends string> = readonly [key: Key, label: string];
/** Input that has these keys: the compiler refuses the rule for an operation without one of them. */
type With<Key extends string> = Readonly<Record<Key, string | undefined>>;

/**
 * A rule: the later of two days or moments does not come before the earlier one. The message shows moments in the time zone
 * of the workflow, in which they were given.
 *
 * @param writtenIn zone of moments that are written without one
 */
export function inOrder<Early extends string, Late extends string>(
	[early, earlyLabel]: Labelled<Early>,
	[late, lateLabel]: Labelled<Late>,
	writtenIn = '',
) {
	// Else the place of the rule would widen the keys to any text.
	return (input: With<NoInfer<Early | Late>>, zone?: string): string | undefined => {
		// What is not given is neither before nor after anything.
		const [from, until] = [input[early], input[late]] as string[];
		if (!(until < from)) return undefined;
		const [shownFrom, shownUntil] = [from, until].map((value) => inZone(value, zone) ?? value + writtenIn);
		return `'${lateLabel}' (${shownUntil}) is before '${earlyLabel}' (${shownFrom})`;
	};
}

/** A day alone is the same in every zone. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment in UTC, in the form of a vendor, as the clock of a zone shows it. */
function inZone(value: string, zone: string | undefined): string | undefined {
	const moment = zone === undefined || DAY.test(value) ? undefined : parseDateTime(value, 'UTC')?.setZone(zone);
	return moment && `${moment.toFormat('yyyy-MM-dd HH:mm:ss')} ${zone}`;
}

const DAY_MS = 86_400_000;

/** A rule: from one day to another there are no more than so many days. */
export function withinDays<Early extends string, Late extends string>(
	most: number,
	[early, earlyLabel]: Labelled<Early>,
	[late, lateLabel]: Labelled<Late>,
) {
	return (input: With<NoInfer<Early | Late>>): string | undefined => {
		const [from, until] = [input[early], input[late]] as string[];
		const days = (Date.parse(until) - Date.parse(from)) / DAY_MS;
		return days > most
			? `'${lateLabel}' (${until}) is ${days} days after '${earlyLabel}' (${from}), and at most ${most} are allowed`
			: undefined;
	};
}

/** A rule: email or phone is given, because one of them has to say which record is meant. */
export function emailOrPhone(noun: string) {
	return ({ email, phone }: With<'email' | 'phone'>): string | undefined =>
		email || phone
			? undefined
			: `'Email' and 'Phone' are both empty, and one of them has to say which ${noun} is meant`;
}
