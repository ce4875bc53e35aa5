// From the texts of other tools to .chor: which importer reads a text.
import { withoutComments } from './comments.js';
import { importExtractor } from './extractor.js';
import { importKmc } from './kmc.js';
import type { Imported } from './result.js';
import { importScribble } from './scribble.js';

export type ImportFormat = 'scribble' | 'kmc' | 'extractor';

/**
 * Finds out what a text is written in.
 * @param path the file's name, whose ending decides where it says something
 * @returns undefined where neither name nor text tells
 */
export function formatOf(text: string, path = ''): ImportFormat | undefined {
  if (/\.(scr|nuscr)$/i.test(path)) return 'scribble';
  if (/\.(json|fsm|cfsm)$/i.test(path)) return 'kmc';
  if (/\.(net|cc)$/i.test(path)) return 'extractor';
  if (/^\s*\{/.test(text)) return 'kmc';
  if (/^\s*(?:\w+\s*\{\s*(?:def\s+\w|main\s*\{)|main\s*\{|def\s+\w+\s*[({])/.test(text)) return 'extractor';
  const plain = withoutComments(text).replace(/--.*/g, '');
  if (/^\s*(\.outputs\b|[A-Z]+\s*:)/.test(plain)) return 'kmc';
  return /\b(module|protocol|global)\s+\p{XIDC}/u.test(plain) ? 'scribble' : undefined;
}

/**
 * Imports a text.
 * @param name what a network or choreography is called that has no name in its text
 * @returns a file of this language that reads without syntax errors and is laid out, or the errors. Cost: that of the
 *   importer
 */
export function importText(text: string, format: ImportFormat, name?: string): Imported {
  switch (format) {
    case 'scribble':
      return importScribble(text);
    case 'kmc':
      return importKmc(text, name);
    case 'extractor':
      return importExtractor(text, name);
  }
}
