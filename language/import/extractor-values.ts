// What the choreography extractor's processes compute, which it only names: literals, and host functions of these
// names.
import type { NameTable } from './names.js';
import type { Word } from './scan.js';

export interface Values {
  /** The expression that stands for a value or a condition. */
  of(value: Word): string;
  /** The host functions, and the type of their values, that `of` named so far. */
  declarations(): string;
}

/**
 * Makes the values of one file.
 * @param top the names at the top of the file
 * @param conditions what is decided by somewhere: a truth value, and different each time, even where it is called
 *   `true`
 */
export function createValues(top: NameTable, conditions: readonly Word[]): Values {
  const truths = new Set(conditions.map(({ text }) => text));
  const functions = new Map<string, string>();
  let type: string | undefined;
  return {
    of({ text }) {
      const decides = truths.has(text);
      if (!decides && (/^\d{1,18}$/.test(text) || text === 'true' || text === 'false')) return text;
      let name = functions.get(text)?.replace(/:.*/s, '');
      if (name === undefined) {
        if (!decides) type ??= top.of('type of values', 'Value');
        name = `${top.of(`value ${text}`, text)}()`;
        functions.set(text, `${name}: ${decides ? 'bool' : (type ?? '')}`);
      }
      return name;
    },
    declarations() {
      return [
        ...(type === undefined ? [] : [`extern type ${type}`]),
        ...[...functions.values()].map((f) => `extern ${f}`),
      ].join('\n');
    },
  };
}
