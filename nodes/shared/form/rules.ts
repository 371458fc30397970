type Input = Readonly<Record<string, unknown>>;
type Labelled = readonly [key: string, label: string];

/**
 * A rule: the later of two days or moments does not come before the earlier one.
 *
 * @param zone what the values are written in, for the message
 */
export function inOrder([early, earlyLabel]: Labelled, [late, lateLabel]: Labelled, zone = '') {
	return (input: Input): string | undefined => {
		// What is not given is neither before nor after anything.
		const [from, until] = [input[early], input[late]] as string[];
		return until < from ? `'${lateLabel}' (${until}${zone}) is before '${earlyLabel}' (${from}${zone})` : undefined;
	};
}

/** A rule: email or phone is given, because one of them has to say which record is meant. */
export function emailOrPhone(noun: string) {
	return ({ email, phone }: Input): string | undefined =>
		email || phone ? undefined : `'Email' and 'Phone' both came empty, and one of them has to say which ${noun} is meant`;
}
