/** The result for one item: a value, or what was thrown. */
export type Result<T> = { ok: true; value: T } | { ok: false; thrown: unknown };
