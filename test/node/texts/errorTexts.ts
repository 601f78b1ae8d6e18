import { sourceTexts } from '../../docs/sourceTexts';
import type { ParameterText } from './parameterTexts';

/** Functions that create user errors; their arguments are the texts. */
const MAKERS = [
	'bad',
	'invalidMedia',
	'UserError',
	'DownloadFault',
	'RangeError',
	'NodeOperationError',
];

/** The texts for faults are in a table. */
const TABLE_FIELDS = ['what', 'advice'];

/** All error texts in the source; `…` stands for values that are inserted at run time. */
export function errorTexts(): ParameterText[] {
	return sourceTexts()
		.filter(
			({ call = '', property = '' }) => MAKERS.includes(call) || TABLE_FIELDS.includes(property),
		)
		.map(({ file, text }) => ({ where: file, text }));
}
