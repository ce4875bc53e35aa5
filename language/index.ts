// The library: what a program needs that reads, checks, projects and formats choreographies. It runs in Node and in browsers.
export { defaultLimits, Workspace } from './workspace.js';
export type { ExploredNetwork, FileAnalysis, Unread, WorkspaceOptions } from './workspace.js';
export { applyEdits, fixesFor } from './diagnostics/fixes.js';
export type { Edit, Finding, Fix, Related, Severity } from './diagnostics/rule.js';
export type { ExplorationLimits, Run, RunEnd, RunStep, Verdict } from './network/verdict.js';
export { projectionFile } from './projection/file.js';
export type { ProjectionFile, ProjectionFileOptions } from './projection/file.js';
export { printProcess } from './projection/print.js';
export type { PrintedProcess } from './projection/print.js';
export { format, formatEdits, formatRange } from './syntax/format.js';
export type { TextEdit } from './syntax/format.js';
