import { join } from 'node:path'

/** Absolute path of the repository, without a slash at its end. */
export const repositoryRoot: string = join(import.meta.dirname, '..', '..')
