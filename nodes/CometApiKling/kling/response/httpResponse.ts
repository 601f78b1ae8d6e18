/** An HTTP response whose body has been read completely. */
export interface HttpResponse {
	httpStatus: number;
	contentType: string;
	/** `Retry-After` in milliseconds, if it was sent. */
	retryAfterMs?: number;
	text: string;
}

/** What is known about the request that a response belongs to. */
export interface ResponseContext {
	/** The ID that was put into the path of a query; left out for a create request. */
	askedId?: string;
	/**
	 * The external ID of the requested task, if the caller knows it: the one that a create request
	 * sent. It equals `askedId` for a lookup by external ID, whose response need not repeat the ID.
	 */
	externalTaskId?: string;
	/** The credential's API key, which is hidden in everything that is read from the response. */
	secret?: string;
}
