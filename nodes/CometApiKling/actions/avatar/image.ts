import { checkImage, type ImageFacts } from '../../media/image/checkImage';
import { MEDIA_LIMITS } from '../../media/limits';
import type { ParameterReader } from '../parameterReader';
import { urlInput } from '../shared/linkInput';
import { base64Input, binaryInput, type MediaInput } from '../shared/mediaInput';

/**
 * Reads and checks the image of one item.
 *
 * @param validate whether to check its format and size, too
 * @throws UserError that names the parameter
 */
export async function readImageSource(
	parameters: ParameterReader,
	validate: boolean,
): Promise<MediaInput<ImageFacts>> {
	const limits = { maxBytes: MEDIA_LIMITS.imageMaxBytes, ...(validate && { check: checkImage }) };
	switch (parameters.choice('imageSource', 'Image Source', ['url', 'binary', 'base64'])) {
		case 'url':
			return urlInput(parameters, 'imageUrl', 'Image URL');
		case 'binary':
			return await binaryInput(
				parameters,
				'imageBinaryPropertyName',
				'Image Input Binary Field',
				limits,
			);
		case 'base64':
			return await base64Input(parameters, 'imageBase64', 'Image Base64', limits);
	}
}
