/** One page of the entities of a kind that have a path, for ListUsers, ListGroups and their like. */
import type { Fault, OperationName } from '@iamd/wire'
import { nameKey } from '../account/account-tables.ts'
import type { TableReader } from '../account/table.ts'
import { type Page, page, type PageRequest } from './page.ts'
import type { ReadScene } from './scene.ts'

interface PathPageRequest<R> {
  readonly operation: OperationName
  readonly input: PageRequest<R>['input'] & { readonly PathPrefix?: string | undefined }
  /** Keyed by `nameKey`. */
  readonly table: Pick<TableReader<R>, 'scan'>
}

type PathPageScene = Pick<ReadScene<OperationName>, 'accountId' | 'vault'> & {
  readonly error: (code: 'ValidationError', message: string) => Fault
}

/** In order of name, ignoring case; a marker is good for the path prefix that it was given for. */
export function pathPage<R extends { readonly name: string; readonly path: string }>(
  scene: PathPageScene,
  { operation, input, table }: PathPageRequest<R>,
): Page<R> {
  const { PathPrefix = '/' } = input
  return page(scene, {
    operation,
    input,
    filter: PathPrefix,
    rows: (after) => table.scan({ after }).filter(({ path }) => path.startsWith(PathPrefix)),
    position: ({ name }) => nameKey(name),
  })
}
