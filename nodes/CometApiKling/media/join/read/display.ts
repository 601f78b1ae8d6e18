/** How a video track is displayed (`tkhd`, ISO/IEC 14496-12, 8.3.2). */
export interface Display {
	/** Nine numbers as stored in the file; they rotate the picture. */
	matrix: Buffer;
	/** In pixels, before rotation. */
	width: number;
	height: number;
}

/** Clockwise, in degrees. */
export function rotation({ matrix }: Display): number {
	const [a, b] = [matrix.readInt32BE(0), matrix.readInt32BE(4)];
	return Math.round((Math.atan2(b, a) * 180) / Math.PI);
}

/** The size of the picture on the screen, in pixels. */
export function displaySize(display: Display): { width: number; height: number } {
	const { width, height } = display;
	return Math.abs(rotation(display)) === 90 ? { width: height, height: width } : { width, height };
}
