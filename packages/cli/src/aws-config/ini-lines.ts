// The lines of an AWS config or credentials file, as its two families of readers see them: botocore (Python's
// configparser: keys without case, `=` or `:`, deeper indented lines continue a value) and the SDK for JavaScript
// (` #` and ` ;` begin a comment, a key without value opens a nested block). Where they differ, the choice is the one
// after which neither of them reads something else than was written; each such choice is named below.

/** One line: `text` without its end, `end` as found (`\n`, `\r\n` or nothing), and what it is. */
export type IniLine = { readonly text: string; readonly end: string } & IniMeaning

/** What a line is. Comments, blank lines and lines that no reader understands are `other`. */
export type IniMeaning =
  | { readonly kind: 'section'; readonly section: string }
  | { readonly kind: 'property'; readonly key: string; readonly value: string }
  | { readonly kind: 'nested' }
  | { readonly kind: 'other' }

/** Splits a file into lines with their meaning; `printIni` of them is the same text again, byte for byte. */
export function parseIni(text: string): readonly IniLine[] {
  const lines: IniLine[] = []
  let propertyIndent: number | undefined
  for (const [, line = '', end = ''] of text.matchAll(/([^\n]*?)(\r?\n|$)/g)) {
    if (line === '' && end === '') continue
    const meaning = readMeaning(line, propertyIndent)
    if (meaning.kind === 'section') propertyIndent = undefined
    if (meaning.kind === 'property') propertyIndent = indentOf(line)
    lines.push({ text: line, end, ...meaning })
  }
  return lines
}

/** The text of the lines. */
export function printIni(lines: readonly Pick<IniLine, 'text' | 'end'>[]): string {
  return lines.map(({ text, end }) => text + end).join('')
}

/** A line's text cut into what stands before the value, the value, and the comment after it (with the space before). */
export function splitProperty(text: string): { before: string; value: string; comment: string } {
  const [, before = '', rest = ''] = /^([^=:]*[=:]\s*)(.*)$/.exec(text) ?? []
  const [value = ''] = rest.split(/(?:^|\s)[#;]/)
  return { before, value: value.trimEnd(), comment: rest.slice(value.trimEnd().length) }
}

function readMeaning(line: string, propertyIndent: number | undefined): IniMeaning {
  // A byte order mark (as latin1 text) may stand before the first section.
  const content = line.replace(/^\u00ef\u00bb\u00bf/, '').trim()
  if (content === '' || content.startsWith('#') || content.startsWith(';')) return { kind: 'other' }
  const header = /^\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(content)
  if (header !== null) return { kind: 'section', section: normalSection(header[1] ?? '') }
  // Readers disagree on a header with text behind it; a name that nobody asks for makes it end the section before.
  if (content.startsWith('[')) return { kind: 'section', section: '' }
  if (propertyIndent !== undefined && indentOf(line) > propertyIndent) return { kind: 'nested' }
  const key = /^([^=:]+?)\s*[=:]/.exec(content)?.[1]
  return key === undefined
    ? { kind: 'other' }
    : { kind: 'property', key: key.toLowerCase(), value: splitProperty(line).value }
}

function normalSection(header: string): string {
  const [, prefix, , name] = /^\s*([\w-]+)\s+(["']?)(.+)\2\s*$/.exec(header) ?? []
  return prefix === undefined || name === undefined ? header.trim() : `${prefix} ${name.trim()}`
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
