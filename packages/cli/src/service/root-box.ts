import type { RootCredential } from '@iamd/server'

import type { Printer } from '../terminal.ts'

/** The root credential in a frame, as the one thing on the terminal that must be kept. */
export function rootBox(title: string, credential: RootCredential, { paint }: Pick<Printer, 'paint'>): string {
  const { accountId, rootEmail, password, accessKeyId, secretAccessKey } = credential
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Account', accountId],
    ['Root e-mail', rootEmail],
    ['Password', password],
    ['Access key ID', accessKeyId],
    ['Secret access key', secretAccessKey],
  ]
  const rows = fields.flatMap(([label, value]) => (value === undefined ? [] : [`${label.padEnd(19)}${value}`]))
  const lines = [title, '', ...rows, '', 'Keep it now: it is shown this once and stored nowhere in this form.']
  const width = Math.max(...lines.map((line) => line.length))
  const edge = `+${'-'.repeat(width + 2)}+`
  return [edge, ...lines.map((line) => `| ${line.padEnd(width)} |`), edge].map((line) => paint('bold', line)).join('\n')
}
