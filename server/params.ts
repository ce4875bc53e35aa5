// Parameters as clients send them, which may be anything: what is needed of them is taken out here, or refused.
import { getDotPath, safeParse } from 'valibot';
import type { GenericSchema } from 'valibot';
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Position, Range } from 'vscode-languageserver';

function refuse(what: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, `The parameters lack ${what}.`);
}

/** What a message of our own carries, checked against its declaration. */
export function decoded<P>(method: string, shape: GenericSchema<unknown, P>, sent: unknown): P {
  const { success, output, issues } = safeParse(shape, sent);
  if (success) return output;
  const [issue] = issues;
  throw new ResponseError(
    ErrorCodes.InvalidParams,
    `What was sent with ${method} is not as declared, at \`${getDotPath(issue) ?? '.'}\`: ${issue.message}.`,
  );
}

export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw refuse('a list');
  return value;
}

export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw refuse('a text');
  return value;
}

export function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('a number');
  return Math.trunc(value);
}

/** The address in `{ textDocument: { uri } }`. */
export function uriOf(params: unknown): string {
  const uri = objectOf(objectOf(params).textDocument).uri;
  if (typeof uri !== 'string') throw refuse('a document');
  return uri;
}

export function positionOf(value: unknown): Position {
  const { line, character } = objectOf(value);
  if (
    typeof line !== 'number' ||
    typeof character !== 'number' ||
    !Number.isFinite(line) ||
    !Number.isFinite(character)
  )
    throw refuse('a position');
  return { line: Math.max(0, Math.trunc(line)), character: Math.max(0, Math.trunc(character)) };
}

export function rangeOf(value: unknown): Range {
  const { start, end } = objectOf(value);
  return { start: positionOf(start), end: positionOf(end) };
}
