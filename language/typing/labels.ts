// Labels that are named like types, and taken for them by whoever reads the text.
import type { Name, TextRange } from '../ir/expression.js';
import type { Context } from './context.js';
import { report } from './context.js';

/** Not `map` and `set`, which are said of what is done as well, and are no types without brackets. */
const basic: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'string', 'list', 'option']);
const declaring: ReadonlySet<string> = new Set(['record', 'enum', 'type', 'extern-type']);

/**
 * Reports a label that has the name of a type.
 * @param name the label of a message that carries a value
 * @param binder the variable of a `receive` without a type of its own
 */
export function checkLabelName(context: Context, name: Name, binder: TextRange | undefined): void {
  if (!basic.has(name.text) && !declaring.has(context.scope.lookup(name.text)?.declaration.kind ?? '')) return;
  report(context, 'label-named-as-type', name.origin, { label: name.origin, name: name.text, binder });
}
