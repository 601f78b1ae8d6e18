import type { INodeTypeDescription, NodeConnectionType } from 'n8n-workflow';

/**
 * n8n's name for the connection that items pass through. `NodeConnectionTypes.Main` means the same,
 * but n8n 1.60 has no such object and could not load the package; n8n 1.85 has it.
 */
export const MAIN_CONNECTION: NodeConnectionType = 'main';

/**
 * n8n's node panel lists the node and its trigger as one entry, under the description of the
 * trigger. So both say what the product is.
 */
export const PRODUCT_DESCRIPTION =
	'Create talking-avatar videos from an image and a voice with Kling via CometAPI';

/**
 * Shown in the output panel before and while the node runs, which is when the user can still
 * decide. Versions of n8n that do not support hints ignore them.
 */
export const costHints: INodeTypeDescription['hints'] = [
	{
		message:
			'Each execution creates a video, which is billed and takes a few minutes. To build the workflow for free, add the option <b>Dry Run</b>. If you stop the execution, CometAPI still finishes the video and charges you for it. Your next test reuses it.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter["resource"] === "avatar" && $parameter["operation"] === "create" && !($parameter["options"] || {})["dryRun"] }}',
	},
];

/** Without it, the node looks finished while its execution waits for a callback. */
export const WAITING_TOOLTIP =
	'Kling is still creating the video. The execution resumes when CometAPI calls back.';
