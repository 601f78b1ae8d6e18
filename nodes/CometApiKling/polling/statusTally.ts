/** A count of what was seen while waiting, for the message at the end of a wait that failed. */
export class StatusTally {
	private readonly counts = new Map<string, number>();

	add(label: string): void {
		this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
	}

	/** For example `processing x41, HTTP 503 x2`, in the order in which each was first seen. */
	toString(): string {
		if (this.counts.size === 0) return 'nothing';
		return [...this.counts].map(([label, count]) => `${label} x${count}`).join(', ');
	}
}
