// unknown-name: a function, type, choreography, field, case … that is declared nowhere.
import { writeName } from '../syntax/names.js';
import { importFixes, insertDeclaration, renameFixes } from '../edits/names.js';
import { alikeFixes, alikeOf, sayAlike } from './look-alikes.js';
import { defineRule, placesOf, usedElsewhere } from './rule.js';
import { didYouMean } from '../text/words.js';
import type { UnknownName } from '../findings/typing.js';

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

const importable: Record<UnknownName['wanted'], readonly string[]> = {
  function: ['function', 'extern-function', 'record', 'enum-case'],
  type: ['record', 'enum', 'type', 'extern-type'],
  choreography: ['choreography'],
  network: ['network', 'choreography'],
  'enum case': ['enum-case'],
  field: [],
  parameter: [],
  rec: [],
};

export const unknownName = defineRule({
  code: 'unknown-name',
  summary: 'A function, type, choreography, field or case that is declared nowhere.',
  explanation:
    'The name is neither declared in this file nor imported, and the library has nothing of this name; or it is declared, but as something else than what is needed here. An import brings only the names between its braces, and imports are not passed on: what an imported file imports itself has to be imported here as well. In a pattern, a name that is no case is a name for the value; where the value is of an enum and nothing uses the name, it is taken for a case that is not there.',
  advice:
    'Correct the name, declare it, or import the file that declares it. A function that the host program provides is declared as `extern f(x: T): R`, an opaque type as `extern type T`.',
  bad: 'choreography Ask(Buyer(title: string), Seller) {\n  Buyer.title -> Seller.wanted\n  Seller.priceOf(wanted) -> Buyer.price\n}\n',
  good: 'extern priceOf(title: string): int\n\nchoreography Ask(Buyer(title: string), Seller) {\n  Buyer.title -> Seller.wanted\n  Seller.priceOf(wanted) -> Buyer.price\n}\n',
  message: ({ name, wanted, found, owner, similar, known, valueType, hidden }) => {
    const alike = alikeOf(name.text, similar);
    const hint = alike === undefined ? didYouMean(similar) : sayAlike(name.text, alike);
    const all = known && known.length > 0 && known.length <= 6 ? known.map((k) => `\`${k}\``).join(', ') : undefined;
    if (found) return `\`${name.text}\` is ${withArticle(found)}, but ${withArticle(wanted)} has to stand here.${hint}`;
    switch (wanted) {
      case 'field':
        return `A record \`${owner ?? ''}\` has no field \`${name.text}\`${all ? `; it has ${all}` : ''}.${hint}`;
      case 'parameter':
        return `\`${owner ?? ''}\` has no parameter \`${name.text}\`${all ? `; it has ${all}` : ''}.${hint}`;
      case 'enum case':
        if (hidden)
          return `\`${name.text}\` is a case of \`${owner ?? ''}\`, which is not imported here: without it, this would be a name for the value. Import \`${owner ?? ''}\`.`;
        if (valueType)
          return `\`${name.text}\` is no case of any enum here, and the value is of type \`${valueType}\`. A case stands for an enum’s case, \`some(x)\`, \`none\`, or a literal.`;
        return `\`${owner ?? 'The enum'}\` has no case \`${name.text}\`${all ? `; it has ${all}` : ''}.${hint}`;
      case 'rec':
        return `There is no \`rec ${name.text}\` around this.${all ? ` Name one of ${all}.` : ''}`;
      case 'choreography':
      case 'function':
      case 'network':
      case 'type':
        return `There is no ${wanted} \`${name.text}\`.${hint || ' Declare it, or import it.'}`;
    }
  },
  elsewhere: (_, count) => usedElsewhere('It', count),
  fixes: (data, context) => {
    const { name, wanted, call, add } = data;
    const places = placesOf(context);
    const alike = alikeOf(name.text, data.similar);
    if (alike !== undefined) {
      const part = ['field', 'enum case', 'parameter'].includes(wanted);
      return alikeFixes(
        context,
        places,
        name.text,
        alike,
        ({ kind, container }) =>
          kind !== 'builtin' &&
          (part ? container === data.owner || kind === 'enum-case' : container === undefined || wanted === 'rec'),
      );
    }
    const few = data.similar.length === 0 && data.known?.length === 1 ? data.known : data.similar;
    const renames = renameFixes(context, places, few).map((fix) =>
      few === data.similar ? fix : { ...fix, preferred: false },
    );
    const fixes = [...renames, ...importFixes(context, name.text, importable[wanted])];
    if (data.found === 'choreography' && wanted === 'function') {
      const { start } = name.origin;
      fixes.push({
        title: 'Run it with `do`',
        edits: [{ uri: context.uri, start, end: start, newText: 'do ' }],
        preferred: true,
        cost: { doubt: 0.5 },
      });
    }
    if (data.found) return fixes;
    const text = writeName(name.text);
    if (data.bound)
      fixes.push({
        title: 'Take all other values with `_`',
        edits: places.map((origin) => ({ uri: context.uri, ...origin, newText: '_' })),
      });
    if (call) {
      const used = new Set<string>();
      const params = call.types.map((type, index) => {
        let param = call.names[index] ?? `arg${index + 1}`;
        while (used.has(param)) param += String(index + 1);
        used.add(param);
        return `${writeName(param)}: ${type ?? 'string'}`;
      });
      // Called for its effect alone, it gives nothing; else it gives what it is used as.
      const line = `extern ${text}(${params.join(', ')})${call.result ? `: ${call.result}` : ''}`;
      fixes.push({
        title: `Declare \`${line}\``,
        edits: [insertDeclaration(context, 'extern-function', name.origin.start, line)],
      });
    }
    if (wanted === 'type')
      fixes.push({
        title: `Declare \`extern type ${text}\``,
        edits: [insertDeclaration(context, 'extern-type', name.origin.start, `extern type ${text}`)],
      });
    if (add) {
      const type = wanted === 'field' ? `: ${add.type ?? 'string'}` : '';
      const newText = add.at === undefined ? ` ${text}${type} ` : `, ${text}${type}`;
      fixes.push({
        title: `Add \`${name.text}${type}\` to \`${data.owner ?? ''}\``,
        edits: [{ uri: add.uri, ...(add.at ?? add.first), newText }],
      });
    }
    return fixes;
  },
});
