/**
 * Pagination, as every List operation does it: `Marker` in, `IsTruncated` and `Marker` out.
 *
 * Costs the page, not the table. A marker is sealed for the account, operation and filter that it was given for.
 */
import type { Fault, OperationName } from '@iamd/wire'
import type { ReadScene } from './scene.ts'

/** IAM API Reference, MaxItems: "If you do not include this parameter, the number of items defaults to 100". */
const ITEMS_DEFAULT = 100

export interface PageRequest<R> {
  readonly operation: OperationName
  readonly input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }
  /** Everything else that the listing depends on; the same filter must be sent with the marker. */
  readonly filter?: string
  /** The rows after that position (from the start when undefined), lazily, in a stable order. */
  readonly rows: (after: string | undefined) => Iterable<R>
  /** Where a row stands in that order. */
  readonly position: (row: R) => string
}

export interface Page<R> {
  readonly rows: readonly R[]
  /** The members that every List output has. */
  readonly truncation: { readonly IsTruncated: boolean; readonly Marker?: string }
}

type PageScene = Pick<ReadScene<OperationName>, 'accountId' | 'vault'> & {
  readonly error: (code: 'ValidationError', message: string) => Fault
}

export function page<R>(scene: PageScene, request: PageRequest<R>): Page<R> {
  const { operation, filter = '', position } = request
  const { Marker, MaxItems = ITEMS_DEFAULT } = request.input
  const context = { accountId: scene.accountId, operation, filter }
  const after = Marker === undefined ? undefined : scene.vault.openMarker(context, Marker)
  if (Marker !== undefined && after === undefined) {
    throw scene.error('ValidationError', 'Marker and Filter do not match')
  }
  const rows: R[] = []
  for (const row of request.rows(after)) {
    const last = rows.at(-1)
    if (rows.length >= MaxItems && last !== undefined) {
      return { rows, truncation: { IsTruncated: true, Marker: scene.vault.sealMarker(context, position(last)) } }
    }
    rows.push(row)
  }
  return { rows, truncation: { IsTruncated: false } }
}
