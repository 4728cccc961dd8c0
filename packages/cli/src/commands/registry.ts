import type { CommandEntry } from '../command.ts'

/** Every command of `iamd`, in the order of `iamd --help`. A command is one file and one line here. */
export const commandEntries: readonly CommandEntry[] = [
  {
    words: 'quickstart',
    summary: 'make an account and an administrator in a fresh directory, and run',
    load: async () => (await import('./quickstart.ts')).quickstart,
  },
  {
    words: 'start',
    summary: 'run the service on a data directory',
    load: async () => (await import('./start.ts')).start,
  },
  {
    words: 'dev',
    summary: 'run the emulator: in memory, for tests',
    load: async () => (await import('./dev.ts')).dev,
  },
  {
    words: 'admin create',
    summary: 'make a user with AdministratorAccess, and lock the root key away if asked',
    load: async () => (await import('./admin-create.ts')).adminCreate,
  },
  {
    words: 'policy check',
    summary: 'check that policies may be stored, and warn of what is likely not meant',
    load: async () => (await import('./policy-check.ts')).policyCheck,
  },
  {
    words: 'policy simulate',
    summary: 'ask what policies say about a request, and why',
    load: async () => (await import('./policy-simulate.ts')).policySimulate,
  },
  {
    words: 'policy test',
    summary: 'check that policies say what files expect of them',
    load: async () => (await import('./policy-test.ts')).policyTest,
  },
  {
    words: 'recover root',
    summary: 'make a new root credential, offline',
    load: async () => (await import('./recover-root.ts')).recoverRoot,
  },
]

/** What the groups of commands (the first word of two) are about. */
export const groupSummaries: Readonly<Record<string, string>> = {
  admin: 'administrators of an account',
  policy: 'what policies say, and whether they say what they should',
  recover: 'ways back in for whoever holds the data directory',
}
