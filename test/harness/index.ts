export { fileField } from './binary';
export { runsOtherEngine } from './engineProcess';
export { exampleNames, readExample } from './examples';
export { runWorkflow, startWorkflow } from './runWorkflow';
export type { RunningWorkflow, RunOptions, RunResult, StoredError, WorkflowJson } from './types';
export { chainOf, itemsOf, klingNode, nodeOf, KLING_NODE } from './workflows';
