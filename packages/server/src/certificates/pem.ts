/** Text that RFC 7468 calls PEM: labelled blocks of base64. */

export interface PemBlock {
  /** What stands in its first line: `CERTIFICATE`, `PUBLIC KEY`. */
  readonly label: string
  /** The block alone, from its first line to its last. */
  readonly text: string
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----[A-Za-z0-9+/=\s]*-----END \1-----/g

/** The blocks of a text in their order; undefined when there is none, or anything but white space around them. */
export function parsePemBlocks(text: string): readonly PemBlock[] | undefined {
  const blocks: PemBlock[] = []
  let end = 0
  for (const match of text.matchAll(BLOCK)) {
    const [block, label = ''] = match
    if (text.slice(end, match.index).trim() !== '') return undefined
    blocks.push({ label, text: block })
    end = match.index + block.length
  }
  return blocks.length === 0 || text.slice(end).trim() !== '' ? undefined : blocks
}
