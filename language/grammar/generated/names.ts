// Made from chor.langium by `npm run generate`: do not edit.

/** The rules of the grammar, but for the one of whole files. */
export type RuleName =
  | 'Import' | 'Declaration' | 'Ident' | 'Name' | 'Type' | 'NamedType' | 'TupleType' | 'Param' | 'Record' | 'Enum'
  | 'EnumCase' | 'TypeAlias' | 'Constant' | 'LocalFunction' | 'ExternType' | 'ExternFunction' | 'Expression'
  | 'Lambda' | 'IfExpression' | 'MatchExpression' | 'LetExpression' | 'MatchArm' | 'OrExpression' | 'AndExpression'
  | 'NotExpression' | 'Comparison' | 'Arithmetic' | 'Negation' | 'Postfix' | 'NamedArgument' | 'Primary' | 'Named'
  | 'Argument' | 'Literal' | 'IntLiteral' | 'FloatLiteral' | 'StringLiteral' | 'BoolLiteral' | 'NoneLiteral'
  | 'Pattern' | 'LiteralPattern' | 'TuplePattern' | 'ConstructorPattern' | 'Choreography' | 'Result' | 'Role'
  | 'Signature' | 'Place' | 'Family' | 'RoleRef' | 'Body' | 'Block' | 'Return' | 'Statement' | 'Interaction'
  | 'Sender' | 'Quorum' | 'Receiver' | 'Label' | 'Located' | 'Tells' | 'Told' | 'If' | 'Match' | 'Case' | 'Choice'
  | 'While' | 'Rec' | 'Pick' | 'For' | 'Par' | 'At' | 'Continue' | 'Leave' | 'Do' | 'RoleArgument' | 'Several'
  | 'Member' | 'BareBlock' | 'Network' | 'NetworkGiven' | 'Channels' | 'ProcessMembers' | 'Process' | 'ProcessBody'
  | 'ProcessBlock' | 'Action' | 'Send' | 'Receive' | 'Binder' | 'Branch' | 'LocalAction' | 'Target' | 'LocalIf'
  | 'LocalMatch' | 'LocalCase' | 'LocalChoice' | 'LocalWhile' | 'LocalRec' | 'LocalPick' | 'LocalFor' | 'LocalPar'
  | 'LocalAt' | 'LocalWhen' | 'LocalBareBlock';

/** The terminals, and the keywords as they are written. */
export type TokenName =
  | 'end of input' | 'junk' | 'ID' | 'FLOAT' | 'INT' | 'STRING' | 'import' | '{' | ',' | '}' | 'from' | ';' | 'any'
  | 'at' | 'buffer' | 'const' | 'fifo' | 'implements' | 'sync' | 'to' | 'with' | 'in' | 'others' | 'server'
  | 'until' | 'when' | 'by' | 'pick' | 'some' | 'int' | 'float' | 'bool' | 'string' | 'list' | 'option' | 'map'
  | 'set' | '<' | '>' | '(' | ')' | ':' | 'record' | 'enum' | 'type' | '=' | 'function' | 'extern' | '=>' | 'if'
  | 'then' | 'else' | 'match' | 'let' | 'case' | 'or' | 'and' | 'not' | '==' | '!=' | '<=' | '>=' | '*' | '/' | '%'
  | '+' | '-' | '.' | '[' | ']' | 'true' | 'false' | 'none' | 'choreography' | '@' | 'return' | '->' | 'choice'
  | 'while' | 'rec' | 'for' | 'par' | 'continue' | 'leave' | 'do' | 'network' | 'process' | 'send' | 'receive';
