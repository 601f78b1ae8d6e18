/** Counts the responses of a wait by their status or fault, for the message of a failed wait. */
export class StatusTally {
	private readonly counts = new Map<string, number>();

	add(label: string): void {
		this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
	}

	/** For example `processing x41, HTTP 503 x2`, in the order in which each appeared first. */
	summary(): string {
		if (this.counts.size === 0) return 'none';
		return [...this.counts].map(([label, count]) => `${label} x${count}`).join(', ');
	}
}
