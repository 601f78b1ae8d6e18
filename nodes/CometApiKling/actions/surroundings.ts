/** What the check of a form needs to know besides the form. */
export interface Surroundings {
	/** Whether the API runs on this machine, as the simulator does: local links then make sense. */
	apiIsLocal: boolean;
}
