// Files that the server can’t read itself, and asks its client for.
import * as v from 'valibot';
import { Nothing, toClient } from './message.js';

/** A text; or none, with the reason where there is a file (`it is not UTF-8`). */
const FileText = v.object({ text: v.nullish(v.string()), unread: v.optional(v.string()) });
export type FileText = v.InferOutput<typeof FileText>;

export const readFile = toClient('chor/readFile', 'the text of a file', v.object({ uri: v.string() }), FileText);
export const findFiles = toClient(
  'chor/findFiles',
  'the addresses of all `.chor` files of the workspace',
  Nothing,
  v.array(v.string()),
);
