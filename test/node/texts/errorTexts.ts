import { sourceTexts } from '../../docs/sourceTexts';
import type { FormText } from './formTexts';

/** What makes an error for the user: their arguments are its words. */
const MAKERS = [
	'bad',
	'invalidMedia',
	'UserError',
	'DownloadFault',
	'RangeError',
	'NodeOperationError',
];

/** The words that go with a fault stand in a table. */
const TABLE_FIELDS = ['what', 'advice'];

/** All words of errors in the source; what is filled in at run time reads `…`. */
export function errorTexts(): FormText[] {
	return sourceTexts()
		.filter(
			({ call = '', property = '' }) => MAKERS.includes(call) || TABLE_FIELDS.includes(property),
		)
		.map(({ file, text }) => ({ where: file, text }));
}
