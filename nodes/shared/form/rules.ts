/** A field by its key and its label. */
type Labelled<Key extends string> = readonly [key: Key, label: string];
/** Input that has these keys: the compiler refuses the rule for an operation without one of them. */
type With<Key extends string> = Readonly<Record<Key, string | undefined>>;

/**
 * A rule: the later of two days or moments does not come before the earlier one.
 *
 * @param zone what the values are written in, for the message
 */
export function inOrder<Early extends string, Late extends string>([early, earlyLabel]: Labelled<Early>, [late, lateLabel]: Labelled<Late>, zone = '') {
	// Else the place of the rule would widen the keys to any text.
	return (input: With<NoInfer<Early | Late>>): string | undefined => {
		// What is not given is neither before nor after anything.
		const [from, until] = [input[early], input[late]] as string[];
		return until < from ? `'${lateLabel}' (${until}${zone}) is before '${earlyLabel}' (${from}${zone})` : undefined;
	};
}

const DAY_MS = 86_400_000;

/** A rule: from one day to another there are no more than so many days. */
export function withinDays<Early extends string, Late extends string>(most: number, [early, earlyLabel]: Labelled<Early>, [late, lateLabel]: Labelled<Late>) {
	return (input: With<NoInfer<Early | Late>>): string | undefined => {
		const [from, until] = [input[early], input[late]] as string[];
		const days = (Date.parse(until) - Date.parse(from)) / DAY_MS;
		return days > most ? `'${lateLabel}' (${until}) is ${days} days after '${earlyLabel}' (${from}), and at most ${most} are allowed` : undefined;
	};
}

/** A rule: email or phone is given, because one of them has to say which record is meant. */
export function emailOrPhone(noun: string) {
	return ({ email, phone }: With<'email' | 'phone'>): string | undefined =>
		email || phone ? undefined : `'Email' and 'Phone' are both empty, and one of them has to say which ${noun} is meant`;
}
