import type { SimulatorOptions } from '../../simulator';
import { openWorkbench, type Workbench } from '../workbench';
import { openBrowser } from './browser';
import { Editor } from './editor';

/** n8n's editor in a browser, on the shared server with a separate simulator. */
export interface EditorBench {
	bench: Workbench;
	editor: Editor;
	close(): Promise<void>;
}

/** Opens the editor and signs in. */
export async function openEditor(options: SimulatorOptions = {}): Promise<EditorBench> {
	const bench = await openWorkbench(options);
	const browser = await openBrowser();
	const editor = new Editor(browser.page, bench.rest.url);
	await editor.signIn();
	return {
		bench,
		editor,
		close: async () => {
			await browser.close();
			await bench.simulator.stop();
		},
	};
}
