// Lint: strict TypeScript, and the layers of ARCHITECTURE.md, whose imports point downwards only.
import tseslint from 'typescript-eslint';

/** Forbids imports by path; `group` are gitignore patterns as seen from the importing files. */
function layer(files, rules) {
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: rules.map(([regex, message]) => ({ regex, message })) },
      ],
    },
  };
}

const editor = [
  '^(vscode|vscode-.*|node:.*|fs|path|url|os|child_process)(/|$)',
  'language/ runs anywhere: no editor, no protocol, no Node.',
];
const generator = [
  '^(langium|chevrotain)(/|$)',
  'What language/ needs of the grammar is generated: Langium makes and checks it (scripts/grammar/), and is in no bundle.',
];
const outer = [
  '^(\\.\\./)+(server|protocol|cli|client|test|scripts|bench)/',
  'language/ knows nothing of what uses it.',
];

/** The floors of language/, lowest first; `workspace` stands for the facade. A floor imports from itself and from those before it, types included. */
const floors = [
  'text',
  'grammar',
  'ir',
  'syntax',
  'lowering',
  'findings',
  'import',
  'scoping',
  'families',
  'parameters',
  'typing',
  'values',
  'projection',
  'network',
  'extraction',
  'diagram',
  'export',
  'workspace',
  'edits',
  'rules',
  'fixes',
  'background',
  'features',
  'tutorial',
];

/** Nothing after lowering looks at a tree. */
const trees = [
  '^(\\.{1,2}/)+(grammar/generated/ast|syntax/(parse|parser|engine))',
  'Nothing after lowering looks at a tree.',
];

const inner = floors.flatMap((name, index) => {
  if (name === 'background') return [];
  const above = floors
    .slice(index + 1)
    .map((other) =>
      other === 'workspace' ? '(workspace|checked)\\.js' : other === 'background' ? 'background\\.js' : other,
    );
  const files = name === 'workspace' ? ['language/workspace.ts', 'language/checked.ts'] : [`language/${name}/**/*.ts`];
  return [
    layer(files, [
      editor,
      generator,
      outer,
      ...(index > floors.indexOf('lowering') ? [trees] : []),
      ...(above.length > 0 ? [[`^(\\.{1,2}/)+(${above.join('|')})(/|$)`, `${name} is below that floor.`]] : []),
    ]),
  ];
});

/** The rooms of language/network/, lowest first. */
const rooms = ['model', 'search', 'trace', 'analysis', 'verdict'];
const networkRooms = rooms.slice(0, -1).map((name, index) => {
  const own = inner
    .flatMap(({ files, rules }) =>
      files[0] === 'language/network/**/*.ts' ? rules['@typescript-eslint/no-restricted-imports'][1].patterns : [],
    )
    .map(({ regex, message }) => [regex, message]);
  return layer(
    [`language/network/${name}/**/*.ts`],
    [...own, [`^\\.\\./(${rooms.slice(index + 1).join('|')})/`, `network/${name} is below that room.`]],
  );
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'site/',
      'node_modules/',
      'language/grammar/generated/',
      '.cache/',
      'test-results/',
      '**/*.d.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A new kind of statement, action or whatever has kinds makes an error wherever kinds are told apart: no `default` swallows it.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          allowDefaultCaseForExhaustiveSwitch: false,
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: false,
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-fallthrough': 'error',
      'no-control-regex': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "MemberExpression[property.name='length'] > CallExpression[callee.property.name='split'][callee.object.callee.property.name='slice']",
          message: 'Lines are counted in text/lines.ts.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**', 'server/node.ts'],
    rules: {
      'no-console': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  layer(
    ['language/*.ts'],
    [
      editor,
      generator,
      outer,
      ['^\\./(features|tutorial)/', 'The library does not know the features of an editor, nor its tutorial.'],
    ],
  ),
  ...inner,
  ...networkRooms,
  layer(
    ['protocol/**/*.ts'],
    [
      ['^\\.\\./', 'protocol/ declares what is said, and knows nothing of who says it.'],
      ['^vscode', 'protocol/ is plain data.'],
    ],
  ),
  layer(
    ['system/**/*.ts'],
    [
      ['^\\.\\./', 'system/ knows nothing of what uses it.'],
      ['^vscode', 'system/ has no editor.'],
    ],
  ),
  layer(
    ['server/**/*.ts'],
    [
      ['^(\\.\\./)+(cli|client|test)/', 'server/ knows neither the command line nor the client.'],
      ['^vscode$', 'server/ speaks the protocol, not the editor’s API.'],
    ],
  ),
  layer(
    ['cli/**/*.ts'],
    [
      ['^(\\.\\./)+(client|test)/', 'cli/ does not know the client.'],
      ['^(\\.\\./)+server/(?!node\\.js)', 'cli/ starts the server and knows nothing else of it.'],
      ['^vscode', 'cli/ has no editor.'],
    ],
  ),
  layer(
    ['client/**/*.ts'],
    [
      ['^(\\.\\./)+(cli|test)/', 'client/ does not know the command line.'],
      ['^(\\.\\./)+server/', 'client/ talks to the server through the protocol.'],
      [
        '^(\\.\\./)+language/(?!syntax/tokens\\.js|text/wording\\.js|diagram/|tutorial/chapter\\.js)',
        'client/ knows nothing of the language but its tokens, for colours, how diagrams are laid out and written, and how a chapter of the tutorial is taken apart.',
      ],
    ],
  ),
  layer(
    ['playground/**/*.ts'],
    [
      ['^(\\.\\./)+(language|server|cli|system|test)/', 'playground/ talks to the server through the protocol.'],
      [
        '^(\\.\\./)+client/(?!view/(column|icons|tokens)\\.js|(cursor|exploring|messages|run-messages|run-shown|shown)\\.js)',
        'Of the client, playground/ has the views, what is said to them, and what knows no VS Code.',
      ],
      ['^vscode$', 'playground/ is a page: there is no VS Code.'],
    ],
  ),
);
