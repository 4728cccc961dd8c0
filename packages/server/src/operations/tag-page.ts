/** One page of a resource's tags, for List operations of every kind of resource that has tags. */
import type { Fault, OperationName, Tag as WireTag } from '@iamd/wire'
import { type Tag, tagsView } from '../account/tags.ts'
import { page, type PageRequest } from './page.ts'
import type { ReadScene } from './scene.ts'

interface TagPageRequest extends Pick<PageRequest<Tag>, 'operation' | 'input'> {
  /** Unique id of the resource: a marker is good for this one only. */
  readonly resourceId: string
  /** In order of key, as they are stored. */
  readonly tags: readonly Tag[]
}

type TagPageScene = Pick<ReadScene<OperationName>, 'accountId' | 'vault'> & {
  readonly error: (code: 'ValidationError', message: string) => Fault
}

/** The output of a ListXTags operation. */
export function tagPage(
  scene: TagPageScene,
  { operation, input, resourceId, tags }: TagPageRequest,
): { readonly Tags: WireTag[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const { rows, truncation } = page(scene, {
    operation,
    input,
    filter: resourceId,
    rows: (after) => (after === undefined ? tags : tags.filter(({ key }) => key > after)),
    position: ({ key }) => key,
  })
  return { Tags: tagsView(rows), ...truncation }
}
