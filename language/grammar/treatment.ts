// The rules of the grammar that the parser treats in a way of their own, by their names. Whoever makes the tables
// (`npm run generate`) compares this with the grammar, and stops where a rule, terminal or keyword is not there.

export const treatment = {
  /** What a file is a row of, in the order in which they are tried. */
  items: ['Import', 'Declaration'],

  terminals: { identifier: 'ID', integer: 'INT', float: 'FLOAT', string: 'STRING' },

  /**
   * The rule of all that can be a name, as text; a keyword that is none of it is reserved. And the node that a name is.
   */
  name: 'Name',
  ident: 'Ident',

  /** Most expressions are a single operand, and read without the rules of operators, which stand between the two. */
  expression: 'Expression',
  operand: 'Postfix',
  /** Starts as an operand may. */
  lambda: 'Lambda',

  /**
   * Rules that count for more levels of nesting: what is worked out at each level of a ladder of `else if` needs more
   * of the stack.
   */
  weights: { If: 2, LocalIf: 2 },

  /** Has braces, but is read or not as a whole, as expressions are. */
  whole: ['MatchExpression'],

  /** After an error in the head of these, their body is looked for. */
  headed: ['Choreography', 'Network', 'Process'],

  /**
   * The signs, by rule, that what follows has to stay with: after a `.` it stands on the same line, after the others
   * perhaps on a line further in. So a half-typed statement does not take the next one for its rest.
   */
  bound: {
    Interaction: ['.', '->', '=', ':'],
    Located: ['.'],
    Receiver: ['.'],
    Told: ['.'],
    LocalAction: ['='],
    Send: [':'],
    Postfix: ['.'],
    Target: ['.'],
  },

  /**
   * The rules whose round brackets at the end have to stay with what is before them: on its line, or on one further in.
   * Else they start a statement, as in `(x, y) = pair` below `z = f`.
   */
  attached: ['Named', 'Label'],
} as const;
