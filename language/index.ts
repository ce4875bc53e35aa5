// The library: what a program needs that reads, checks, projects and formats choreographies. It runs in Node and in
// browsers.
export type { ExplorationLimits } from './network/model/exploration.js';
export type { Run, RunEnd, RunStep } from './findings/run.js';
export type { Code, Finding, Severity } from './findings/finding.js';
export type { Edit, Fix } from './edits/fix.js';
export { applyEdits } from './edits/fix.js';
export { defaultLimits, Workspace } from './workspace.js';
export type { ExploredNetwork, FileAnalysis, Unread, WorkspaceOptions } from './workspace.js';
export { fixesFor } from './fixes/try.js';
export type { Related } from './rules/rule.js';
export { diagnosticsIn } from './rules/render.js';
export type { Diagnostic } from './rules/render.js';
export type { Verdict } from './network/verdict/verdict.js';
export { projectionFile } from './projection/file.js';
export type { ProjectionFile, ProjectionFileOptions } from './projection/file.js';
export { printProcess } from './projection/print.js';
export type { PrintedProcess } from './projection/print.js';
export { format, formatEdits, formatRange } from './syntax/format.js';
export type { TextEdit } from './syntax/format.js';
