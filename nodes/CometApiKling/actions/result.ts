/** What became of one item: a value, or the reason why there is none. */
export type Result<T> = { ok: true; value: T } | { ok: false; thrown: unknown };
