import type { Fault, FaultKind, RouteName } from './types';

interface Planned {
	fault: Fault;
	letThrough: number;
	left: number;
}

/** The injected faults that have not occurred yet. */
export class FaultQueue {
	private planned: Planned[] = [];

	add(fault: Fault): void {
		this.planned.push({ fault, letThrough: fault.after ?? 0, left: fault.times ?? 1 });
	}

	clear(): void {
		this.planned = [];
	}

	/** The fault for this request, if any; each call counts as one request. */
	next(route: RouteName): FaultKind | undefined {
		const planned = this.planned.find((one) => one.fault.on === route && one.left > 0);
		if (!planned) return undefined;
		if (planned.letThrough > 0) {
			planned.letThrough--;
			return undefined;
		}
		planned.left--;
		return planned.fault.kind;
	}
}
