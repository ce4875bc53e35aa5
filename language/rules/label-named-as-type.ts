// label-named-as-type: after the `:` of a message stands a label, and this one has the name of a type.
import type { TextRange } from '../ir/expression.js';
import { defineRule } from './rule.js';
import type { Edit, FixContext } from '../edits/fix.js';

export const labelNamedAsType = defineRule({
  code: 'label-named-as-type',
  summary: 'A label that has the name of a type.',
  explanation: `After the \`:\` of a message stands its label: a word that tells its receiver which message it is. Types are not written there. \`A.x -> B.y: int\` sends a
message with the label \`int\`, whatever the type of \`x\`; every other message from A to B that may come in its place needs a label as well. Nothing is wrong with such a label but that whoever reads it takes it for a type.`,
  advice:
    'Leave it out: the type of the receiving variable follows from what is sent. In a process, a type is written beside the variable, `receive y: int from A`. Or give the label a name that says what the message is for.',
  bad: 'choreography Quote(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price: int\n  Buyer.show(price)\n}\n\nextern show(price: int)\n',
  good: 'choreography Quote(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price\n  Buyer.show(price)\n}\n\nextern show(price: int)\n',
  message: ({ name, binder }) =>
    `\`${name}\` is a label here, not a type. ${binder ? `A type stands beside the variable, as in \`receive x: ${name} from …\`.` : 'The type of what is received follows from what is sent.'}`,
  fixes: ({ label, name, binder }, context) => [
    {
      title: binder ? `Write \`${name}\` beside the variable` : `Remove the label \`${name}\``,
      edits: [
        ...(binder ? [{ uri: context.uri, start: binder.end, end: binder.end, newText: `: ${name}` }] : []),
        withoutLabel(label, context),
      ],
      preferred: true,
    },
  ],
});

/** Takes away a label with its `:`. */
function withoutLabel(label: TextRange, { text, uri }: FixContext): Edit {
  const colon = text.lastIndexOf(':', label.start);
  return { uri, start: text.slice(0, colon).trimEnd().length, end: label.end, newText: '' };
}
