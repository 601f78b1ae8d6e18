/** A request that the service refuses; nothing is made of it, nothing is paid. */
export class Refusal extends Error {
	constructor(
		readonly http: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}

	/** The body of the answer: see docs/maintainers/service-notes.md#errors. */
	get body(): unknown {
		const { code, message } = this;
		if (this instanceof VoiceRefusal) return { message, data: { data: { code, message } } };
		return { code, message, request_id: 'sim' };
	}
}

/** A voice that does not speak the language; its answer has a shape of its own. */
export class VoiceRefusal extends Refusal {
	constructor() {
		super(400, 1201, 'Voice id not found');
	}
}

/** A refusal of a parameter's value. */
export function badParameter(message: string): Refusal {
	return new Refusal(400, 1201, message);
}
