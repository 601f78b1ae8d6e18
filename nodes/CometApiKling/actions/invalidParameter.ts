import { UserError } from '../kling/errors/userError';

/** Ends the advice of these errors; `nameCharges` removes it if it is not true for the item. */
export const NOTHING_CHARGED = 'Nothing was charged for this item.';

/** The error for a parameter, such as `The parameter "Image URL" is empty`, and how to fix it. */
export function invalidParameter(label: string, what: string, advice: string): UserError {
	return new UserError(`The parameter "${label}" ${what}`, {
		advice: `${advice} ${NOTHING_CHARGED}`,
	});
}
