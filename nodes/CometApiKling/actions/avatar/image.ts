import { checkImage } from '../../media/image/checkImage';
import { MEDIA_LIMITS } from '../../media/limits';
import type { Form } from '../form';
import { base64Input, binaryInput, urlInput, type MediaInput } from '../media';
import type { Surroundings } from '../surroundings';

/**
 * Reads and checks the image of one item.
 *
 * @param validate whether its format and size are checked too
 * @throws Problem that names the parameter
 */
export async function readImage(
	form: Form,
	surroundings: Surroundings,
	validate: boolean,
): Promise<MediaInput<unknown>> {
	const limits = { maxBytes: MEDIA_LIMITS.imageMaxBytes, ...(validate && { check: checkImage }) };
	switch (form.choice('imageSource', 'Image Source', ['url', 'binary', 'base64'])) {
		case 'url':
			return urlInput(form, 'imageUrl', 'Image URL', surroundings.apiIsLocal);
		case 'binary':
			return await binaryInput(form, 'imageBinaryPropertyName', 'Image Input Binary Field', limits);
		case 'base64':
			return await base64Input(form, 'imageBase64', 'Image Base64', limits);
	}
}
