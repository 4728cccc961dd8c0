/** Reads a listing page by page, as every client does. */
import assert from 'node:assert/strict'

interface Output {
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
}

/** Every page of a listing, in order. Fails when a page and its marker contradict each other, and after 100 pages. */
export async function allPages<O extends Output>(ask: (marker: string | undefined) => Promise<O>): Promise<O[]> {
  const pages: O[] = []
  let marker: string | undefined
  do {
    assert(pages.length < 100, 'the listing does not end')
    const page = await ask(marker)
    assert.equal(page.IsTruncated, page.Marker !== undefined, 'a truncated page, and only one, has a marker')
    pages.push(page)
    marker = page.Marker
  } while (marker !== undefined)
  return pages
}
