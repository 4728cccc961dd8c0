/**
 * The drawing of ARCHITECTURE.md as a table: what each room may import. What is not listed is forbidden.
 * A room that is not here does not exist: a file in it is a breach, until this table and the drawing name it.
 */

/** A room: code that may be imported as one, and what it may import besides itself. */
export interface Room {
  /** Where it lies: a folder (with a slash at its end) or a file; the longest match wins. */
  readonly at: string
  /** Rooms of which it may import anything. */
  readonly imports: readonly string[]
  /** Rooms of which it may import types only. */
  readonly importsTypes: readonly string[]
  /** Modules of Node that it may import; `any` at the edges, few or none inside. */
  readonly builtins: readonly string[] | 'any'
  /** Packages from outside; `any` still has to be declared in package.json. */
  readonly packages: readonly string[] | 'any'
}

const leaves = ['policy', 'sigv4', 'wire'] as const

/** What `main` puts together. */
const inside = [
  'account',
  'activity',
  'authority',
  'catalogue',
  'certificates',
  'config',
  'endpoints',
  'install',
  'journal',
  'journal stores',
  'ledger',
  'operations',
  'pipeline',
  'stages',
  'telemetry',
  'vault',
] as const

const pure = { imports: [], importsTypes: [], builtins: [], packages: [] } as const
const edge = { imports: [], importsTypes: [], builtins: 'any', packages: 'any' } as const

export const rooms: Readonly<Record<string, Room>> = {
  policy: { ...pure, at: 'packages/policy/src/' },
  // Knows nothing of the engine: the two are written apart, and compared.
  'policy reference': { ...pure, at: 'packages/policy/reference/' },
  sigv4: { ...pure, at: 'packages/sigv4/src/', builtins: ['node:crypto'] },
  wire: { ...pure, at: 'packages/wire/src/' },

  server: {
    ...edge,
    at: 'packages/server/src/index.ts',
    imports: ['main', 'workers', 'emulator', 'config', 'install', 'journal', 'journal stores', 'telemetry', 'vault'],
  },
  workers: {
    ...edge,
    at: 'packages/server/src/workers/',
    imports: [...inside, 'main'],
  },
  main: {
    ...edge,
    at: 'packages/server/src/main.ts',
    imports: [...leaves, ...inside],
  },
  emulator: { ...edge, at: 'packages/server/src/emulator/', imports: inside },
  endpoints: {
    ...edge,
    at: 'packages/server/src/endpoints/',
    imports: ['config', 'pipeline', 'stages', 'telemetry', 'wire'],
    importsTypes: [],
  },
  pipeline: {
    ...pure,
    at: 'packages/server/src/pipeline.ts',
    imports: ['stages', 'telemetry'],
    importsTypes: ['activity', 'wire'],
  },
  stages: {
    ...pure,
    at: 'packages/server/src/stages/',
    imports: [...leaves, 'account', 'authority', 'catalogue', 'journal', 'ledger', 'operations', 'telemetry', 'vault'],
    importsTypes: ['activity'],
    builtins: ['node:crypto', 'node:net'],
  },
  operations: {
    ...pure,
    at: 'packages/server/src/operations/',
    imports: ['account', 'catalogue', 'certificates', 'policy', 'wire'],
    importsTypes: ['activity', 'vault'],
  },
  authority: { ...pure, at: 'packages/server/src/authority/', imports: ['account', 'catalogue', 'policy'] },
  ledger: { ...edge, at: 'packages/server/src/ledger/', imports: ['account', 'journal'], packages: ['sorted-btree'] },
  install: { ...edge, at: 'packages/server/src/install/', imports: ['account', 'journal', 'ledger', 'vault'] },
  account: {
    ...pure,
    at: 'packages/server/src/account/',
    imports: ['policy'],
    importsTypes: ['journal', 'vault', 'wire'],
    packages: ['sorted-btree'],
  },
  journal: { ...pure, at: 'packages/server/src/journal/journal.ts' },
  'journal stores': { ...edge, at: 'packages/server/src/journal/', imports: ['journal'] },
  catalogue: {
    ...pure,
    at: 'packages/server/src/catalogue/',
    imports: ['account'],
    builtins: ['node:crypto', 'node:fs', 'node:zlib'],
  },
  certificates: { ...pure, at: 'packages/server/src/certificates/', builtins: ['node:crypto'] },
  vault: { ...edge, at: 'packages/server/src/vault/' },
  activity: { ...edge, at: 'packages/server/src/activity/' },
  config: { ...edge, at: 'packages/server/src/config/', importsTypes: ['vault'] },
  telemetry: { ...edge, at: 'packages/server/src/telemetry/' },

  cli: { ...edge, at: 'packages/cli/', imports: [...leaves, 'server'] },
  console: { ...edge, at: 'packages/console/', imports: leaves },

  scripts: { ...edge, at: 'scripts/', imports: [...leaves, 'server', 'codegen'] },
  codegen: { ...edge, at: 'tools/codegen/' },
  bench: { ...edge, at: 'bench/', imports: [...leaves, 'server', 'cli'] },
  // Programs that drive other policy engines, each on its own; nothing imports them.
  mutation: { ...edge, at: 'tools/mutation/' },
  'policy peers': { ...edge, at: 'tools/policy-peers/', imports: ['bench'] },
  e2e: { ...edge, at: 'e2e/', imports: [...leaves, 'server', 'cli'] },
  tidy: { ...edge, at: 'tidy/', imports: ['scripts', 'wire', 'server'] },
}

/** The room that a package's door opens to, by the name that imports use. */
export const doors: Readonly<Record<string, string>> = {
  '@iamd/policy': 'policy',
  '@iamd/sigv4': 'sigv4',
  '@iamd/wire': 'wire',
  '@iamd/server': 'server',
  iamd: 'cli',
}
