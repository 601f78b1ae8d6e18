/** What the check of a parameters needs to know besides the parameters. */
export interface Surroundings {
	/** Whether the API runs on this machine, as the simulator does: local links then make sense. */
	apiIsLocal: boolean;
	/** Whether the execution can be put to wait; an AI agent's tool call cannot (SPEC 9). */
	canSuspend: boolean;
	/** Where a POST resumes the execution once it has been put to wait. */
	resumeUrl: string;
}
