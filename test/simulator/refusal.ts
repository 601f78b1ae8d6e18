/** A request that the service rejects; nothing is created or charged. */
export class Refusal extends Error {
	constructor(
		readonly http: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}

	/**
	 * The body of the response: docs/maintainers/service-notes.md#errors for voices,
	 * docs/maintainers/service-notes.md#errors for everything else.
	 */
	get body(): unknown {
		const { code, message } = this;
		if (this instanceof VoiceRefusal) return { message, data: { data: { code, message } } };
		return { code, message, request_id: 'sim' };
	}
}

/** A voice that does not speak the language; its response has a special shape. */
export class VoiceRefusal extends Refusal {
	constructor() {
		super(400, 1201, 'Voice id not found');
	}
}

/** A rejection of a parameter's value. */
export function badParameter(message: string): Refusal {
	return new Refusal(400, 1201, message);
}
