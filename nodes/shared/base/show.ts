/** A value in an error message: short, on one line, a long text by its length. */
export function show(value: unknown): string {
	if (typeof value === 'string' && value.length > 60) return `a text of ${value.length} characters`;
	// JSON would call infinity null.
	const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
	return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
