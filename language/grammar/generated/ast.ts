// Made from chor.langium by `npm run generate`: do not edit.
import type { Placed } from '../tree.js';

export type Action = Continue | Do | Leave | LocalAssignment | LocalAt | LocalBareBlock | LocalChoice | LocalEffect | LocalFor | LocalIf | LocalMatch | LocalPar | LocalPick | LocalRec | LocalWhen | LocalWhile | Receive | Send;

export type Declaration = Choreography | Constant | Enum | ExternFunction | ExternType | LocalFunction | Network | Record | TypeAlias;

export type Expression = Arithmetic | Binary | Call | Field | IfExpression | Index | Lambda | LetExpression | ListLiteral | Literal | MatchExpression | Paren | Reference | Unary | Update;

export type Literal = BoolLiteral | FloatLiteral | IntLiteral | NoneLiteral | StringLiteral;

export type Name = 'any' | 'at' | 'bool' | 'buffer' | 'by' | 'const' | 'fifo' | 'float' | 'from' | 'implements' | 'in' | 'int' | 'list' | 'map' | 'option' | 'others' | 'pick' | 'server' | 'set' | 'some' | 'string' | 'sync' | 'to' | 'until' | 'when' | 'with' | string;

export type Pattern = ConstructorPattern | LiteralPattern | TuplePattern;

export type Statement = Assignment | At | BareBlock | Choice | Communication | Continue | Do | For | If | Leave | LocalStep | Match | Par | Pick | Rec | While;

export type Type = NamedType | TupleType;

export interface Argument extends Placed {
  readonly $type: 'Argument';
  readonly name?: Ident;
  readonly value: Expression;
}

export interface Arithmetic extends Placed {
  readonly $type: 'Arithmetic';
  readonly left: Expression;
  readonly operator: '%' | '*' | '+' | '-' | '/';
  readonly right: Expression;
}

export interface Assignment extends Placed {
  readonly $type: 'Assignment';
  readonly call?: Do;
  readonly others: readonly Receiver[];
  readonly target: LocalStep;
  readonly value?: Expression;
}

export interface At extends Placed {
  readonly $type: 'At';
  readonly body: ProcessBlock;
  readonly role: RoleRef;
}

export interface BareBlock extends Placed {
  readonly $type: 'BareBlock';
  readonly block: Block;
}

export interface Binary extends Placed {
  readonly $type: 'Binary';
  readonly left: Arithmetic | Expression;
  readonly operator: '!=' | '<' | '<=' | '==' | '>' | '>=' | 'and' | 'or';
  readonly right: Arithmetic | Expression;
}

export interface Binder extends Placed {
  readonly $type: 'Binder';
  readonly into: Pattern;
  readonly place?: Expression;
  readonly type?: Type;
}

export interface Block extends Placed {
  readonly $type: 'Block';
  readonly statements: readonly Statement[];
}

export interface Body extends Placed {
  readonly $type: 'Body';
  readonly return?: Return;
  readonly statements: readonly Statement[];
}

export interface BoolLiteral extends Placed {
  readonly $type: 'BoolLiteral';
  readonly value: 'false' | 'true';
}

export interface Branch extends Placed {
  readonly $type: 'Branch';
  readonly binders: readonly Binder[];
  readonly body: ProcessBlock;
  readonly count?: string;
  readonly index?: Ident;
  readonly label: Ident;
  readonly range?: RoleRef;
  readonly rounds: readonly Expression[];
  readonly sender?: RoleRef;
  readonly some: boolean;
}

export interface Call extends Placed {
  readonly $type: 'Call';
  readonly args: readonly Argument[];
  readonly callee: Reference;
}

export interface Case extends Placed {
  readonly $type: 'Case';
  readonly body: Block;
  readonly pattern: Pattern;
}

export interface Channels extends Placed {
  readonly $type: 'Channels';
  readonly kind: 'buffer' | 'fifo' | 'sync';
  readonly size?: string;
}

export interface Choice extends Placed {
  readonly $type: 'Choice';
  readonly branches: readonly Block[];
  readonly role: RoleRef;
  readonly tells?: Tells;
}

export interface Choreography extends Placed {
  readonly $type: 'Choreography';
  readonly body: Body;
  readonly name: Ident;
  readonly results: readonly Result[];
  readonly roles: readonly Role[];
}

export interface Communication extends Placed {
  readonly $type: 'Communication';
  readonly label?: Label;
  readonly quorum?: Quorum;
  readonly receivers: readonly Receiver[];
  readonly sender: LocalStep;
  readonly senders: readonly Sender[];
}

export interface Constant extends Placed {
  readonly $type: 'Constant';
  readonly name: Ident;
  readonly type?: Type;
  readonly value: Expression;
}

export interface ConstructorPattern extends Placed {
  readonly $type: 'ConstructorPattern';
  readonly args: readonly Pattern[];
  readonly name: Ident;
}

export interface Continue extends Placed {
  readonly $type: 'Continue';
  readonly name: Ident;
}

export interface Do extends Placed {
  readonly $type: 'Do';
  readonly args: readonly RoleArgument[];
  readonly callee: Ident;
}

export interface Enum extends Placed {
  readonly $type: 'Enum';
  readonly cases: readonly EnumCase[];
  readonly name: Ident;
}

export interface EnumCase extends Placed {
  readonly $type: 'EnumCase';
  readonly fields: readonly Param[];
  readonly name: Ident;
}

export interface ExternFunction extends Placed {
  readonly $type: 'ExternFunction';
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly result?: Type;
}

export interface ExternType extends Placed {
  readonly $type: 'ExternType';
  readonly name: Ident;
}

export interface Family extends Placed {
  readonly $type: 'Family';
  readonly fixed?: string;
  readonly least?: string;
  readonly size?: Ident;
  readonly usual?: string;
}

export interface Field extends Placed {
  readonly $type: 'Field';
  readonly name: Ident;
  readonly receiver: Expression | Paren;
}

export interface File extends Placed {
  readonly $type: 'File';
  readonly items: readonly (Declaration | Import)[];
}

export interface FloatLiteral extends Placed {
  readonly $type: 'FloatLiteral';
  readonly value: string;
}

export interface For extends Placed {
  readonly $type: 'For';
  readonly body: Block;
  readonly from?: Expression;
  readonly index: Ident;
  readonly parallel: boolean;
  readonly range?: RoleRef;
  readonly until?: Expression;
}

export interface Ident extends Placed {
  readonly $type: 'Ident';
  readonly name: Name;
}

export interface If extends Placed {
  readonly $type: 'If';
  readonly else?: Block;
  readonly elseIf?: If;
  readonly guards: readonly Located[];
  readonly tells?: Tells;
  readonly then: Block;
}

export interface IfExpression extends Placed {
  readonly $type: 'IfExpression';
  readonly condition: Expression;
  readonly else: Expression;
  readonly then: Expression;
}

export interface Import extends Placed {
  readonly $type: 'Import';
  readonly names: readonly Ident[];
  readonly path: string;
}

export interface Index extends Placed {
  readonly $type: 'Index';
  readonly index: Expression;
  readonly receiver: Expression | Paren;
}

export interface IntLiteral extends Placed {
  readonly $type: 'IntLiteral';
  readonly value: string;
}

export interface Label extends Placed {
  readonly $type: 'Label';
  readonly name: Ident;
  readonly rounds: readonly Expression[];
  readonly types: readonly Type[];
}

export interface Lambda extends Placed {
  readonly $type: 'Lambda';
  readonly body: Expression;
  readonly params: readonly Ident[];
}

export interface Leave extends Placed {
  readonly $type: 'Leave';
  readonly name: Ident;
}

export interface LetExpression extends Placed {
  readonly $type: 'LetExpression';
  readonly body: Expression;
  readonly pattern: Pattern;
  readonly value: Expression;
}

export interface ListLiteral extends Placed {
  readonly $type: 'ListLiteral';
  readonly items: readonly Expression[];
}

export interface LiteralPattern extends Placed {
  readonly $type: 'LiteralPattern';
  readonly literal: Literal;
  readonly negative: boolean;
}

export interface LocalAssignment extends Placed {
  readonly $type: 'LocalAssignment';
  readonly call?: Do;
  readonly target: LocalEffect;
  readonly value?: Expression;
}

export interface LocalAt extends Placed {
  readonly $type: 'LocalAt';
  readonly body: ProcessBlock;
}

export interface LocalBareBlock extends Placed {
  readonly $type: 'LocalBareBlock';
  readonly block: ProcessBlock;
}

export interface LocalCase extends Placed {
  readonly $type: 'LocalCase';
  readonly body: ProcessBlock;
  readonly pattern: Pattern;
}

export interface LocalChoice extends Placed {
  readonly $type: 'LocalChoice';
  readonly branches: readonly ProcessBlock[];
}

export interface LocalEffect extends Placed {
  readonly $type: 'LocalEffect';
  readonly value: Expression;
}

export interface LocalFor extends Placed {
  readonly $type: 'LocalFor';
  readonly body: ProcessBlock;
  readonly from?: Expression;
  readonly index: Ident;
  readonly parallel: boolean;
  readonly range?: RoleRef;
  readonly until?: Expression;
}

export interface LocalFunction extends Placed {
  readonly $type: 'LocalFunction';
  readonly body: Expression;
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly result?: Type;
}

export interface LocalIf extends Placed {
  readonly $type: 'LocalIf';
  readonly condition: Expression;
  readonly else?: ProcessBlock;
  readonly elseIf?: LocalIf;
  readonly then: ProcessBlock;
}

export interface LocalMatch extends Placed {
  readonly $type: 'LocalMatch';
  readonly broken: readonly ProcessBlock[];
  readonly cases: readonly LocalCase[];
  readonly else?: ProcessBlock;
  readonly value: Expression;
}

export interface LocalPar extends Placed {
  readonly $type: 'LocalPar';
  readonly branches: readonly ProcessBlock[];
}

export interface LocalPick extends Placed {
  readonly $type: 'LocalPick';
  readonly body: ProcessBlock;
  readonly count?: string;
  readonly index: Ident;
  readonly range: RoleRef;
  readonly some: boolean;
  readonly value: Expression;
}

export interface LocalRec extends Placed {
  readonly $type: 'LocalRec';
  readonly body: ProcessBlock;
  readonly name: Ident;
}

export interface LocalStep extends Placed {
  readonly $type: 'LocalStep';
  readonly role: RoleRef;
  readonly value?: Expression;
}

export interface LocalWhen extends Placed {
  readonly $type: 'LocalWhen';
  readonly condition: Expression;
  readonly else?: ProcessBlock;
  readonly elseWhen?: LocalWhen;
  readonly then: ProcessBlock;
}

export interface LocalWhile extends Placed {
  readonly $type: 'LocalWhile';
  readonly body: ProcessBlock;
  readonly condition: Expression;
}

export interface Located extends Placed {
  readonly $type: 'Located';
  readonly role: RoleRef;
  readonly value: Expression;
}

export interface Match extends Placed {
  readonly $type: 'Match';
  readonly broken: readonly Block[];
  readonly cases: readonly Case[];
  readonly else?: Block;
  readonly guards: readonly Located[];
  readonly tells?: Tells;
}

export interface MatchArm extends Placed {
  readonly $type: 'MatchArm';
  readonly body: Expression;
  readonly pattern: Pattern;
}

export interface MatchExpression extends Placed {
  readonly $type: 'MatchExpression';
  readonly arms: readonly MatchArm[];
  readonly else?: Expression;
  readonly value: Expression;
}

export interface NamedArgument extends Placed {
  readonly $type: 'NamedArgument';
  readonly name: Ident;
  readonly value: Expression;
}

export interface NamedType extends Placed {
  readonly $type: 'NamedType';
  readonly args: readonly Type[];
  readonly name: Ident;
}

export interface Network extends Placed {
  readonly $type: 'Network';
  readonly broken: readonly ProcessBlock[];
  readonly channels?: Channels;
  readonly choreography?: Ident;
  readonly given: readonly NetworkGiven[];
  readonly name: Ident;
  readonly processes: readonly Process[];
}

export interface NetworkGiven extends Placed {
  readonly $type: 'NetworkGiven';
  readonly family?: Family;
  readonly name: Ident;
  readonly type?: Type;
}

export interface NoneLiteral extends Placed {
  readonly $type: 'NoneLiteral';
  readonly value: 'none';
}

export interface Par extends Placed {
  readonly $type: 'Par';
  readonly branches: readonly Block[];
}

export interface Param extends Placed {
  readonly $type: 'Param';
  readonly name: Ident;
  readonly type: Type;
}

export interface Paren extends Placed {
  readonly $type: 'Paren';
  readonly items: readonly Expression[];
}

export interface Pick extends Placed {
  readonly $type: 'Pick';
  readonly body: Block;
  readonly count?: string;
  readonly guard: Located;
  readonly index: Ident;
  readonly range: RoleRef;
  readonly some: boolean;
  readonly tells?: Tells;
}

export interface Process extends Placed {
  readonly $type: 'Process';
  readonly body: ProcessBody;
  readonly members?: ProcessMembers;
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly resultType?: Type;
  readonly server: boolean;
}

export interface ProcessBlock extends Placed {
  readonly $type: 'ProcessBlock';
  readonly statements: readonly Action[];
}

export interface ProcessBody extends Placed {
  readonly $type: 'ProcessBody';
  readonly return?: Expression;
  readonly statements: readonly Action[];
}

export interface ProcessMembers extends Placed {
  readonly $type: 'ProcessMembers';
  readonly at?: Expression;
  readonly from?: Expression;
  readonly index?: Ident;
  readonly until?: Expression;
}

export interface Quorum extends Placed {
  readonly $type: 'Quorum';
  readonly by?: Ident;
  readonly count: Expression;
}

export interface Rec extends Placed {
  readonly $type: 'Rec';
  readonly body: Block;
  readonly name: Ident;
}

export interface Receive extends Placed {
  readonly $type: 'Receive';
  readonly binder?: Binder;
  readonly brace: '{';
  readonly branches: readonly Branch[];
  readonly broken: readonly ProcessBlock[];
  readonly label?: Label;
  readonly quorum?: Quorum;
  readonly sender?: RoleRef;
  readonly senders: readonly RoleRef[];
}

export interface Receiver extends Placed {
  readonly $type: 'Receiver';
  readonly into?: Pattern;
  readonly place?: Expression;
  readonly role: RoleRef;
}

export interface Record extends Placed {
  readonly $type: 'Record';
  readonly fields: readonly Param[];
  readonly name: Ident;
}

export interface Reference extends Placed {
  readonly $type: 'Reference';
  readonly name: Ident;
}

export interface Result extends Placed {
  readonly $type: 'Result';
  readonly role: RoleRef;
  readonly type: Type;
}

export interface Return extends Placed {
  readonly $type: 'Return';
  readonly values: readonly Located[];
}

export interface Role extends Placed {
  readonly $type: 'Role';
  readonly family?: Family;
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly server: boolean;
  readonly signature?: Signature;
  readonly type?: Type;
}

export interface RoleArgument extends Placed {
  readonly $type: 'RoleArgument';
  readonly inputs: readonly Expression[];
  readonly role?: RoleRef;
  readonly value?: Expression;
}

export interface RoleRef extends Placed {
  readonly $type: 'RoleRef';
  readonly index?: Expression;
  readonly name: Ident;
  readonly others: boolean;
  readonly until?: Expression;
}

export interface Send extends Placed {
  readonly $type: 'Send';
  readonly label?: Label;
  readonly receiver: RoleRef;
  readonly value?: Expression;
}

export interface Sender extends Placed {
  readonly $type: 'Sender';
  readonly role: RoleRef;
  readonly value?: Expression;
}

export interface Signature extends Placed {
  readonly $type: 'Signature';
  readonly results: readonly Result[];
  readonly roles: readonly Role[];
}

export interface StringLiteral extends Placed {
  readonly $type: 'StringLiteral';
  readonly value: string;
}

export interface Tells extends Placed {
  readonly $type: 'Tells';
  readonly roles: readonly Told[];
}

export interface Told extends Placed {
  readonly $type: 'Told';
  readonly into?: Ident;
  readonly role: RoleRef;
}

export interface TuplePattern extends Placed {
  readonly $type: 'TuplePattern';
  readonly items: readonly Pattern[];
}

export interface TupleType extends Placed {
  readonly $type: 'TupleType';
  readonly items: readonly Type[];
}

export interface TypeAlias extends Placed {
  readonly $type: 'TypeAlias';
  readonly name: Ident;
  readonly type: Type;
}

export interface Unary extends Placed {
  readonly $type: 'Unary';
  readonly operand: Expression;
  readonly operator: '-' | 'not';
}

export interface Update extends Placed {
  readonly $type: 'Update';
  readonly fields: readonly NamedArgument[];
  readonly receiver: Expression;
}

export interface While extends Placed {
  readonly $type: 'While';
  readonly body: Block;
  readonly guards: readonly Located[];
  readonly tells?: Tells;
}
