import { parseIni, printIni, splitProperty, type IniLine } from './ini-lines.ts'

/** New values by key; `undefined` takes the key away. */
export type SectionChanges = Readonly<Record<string, string | undefined>>

/**
 * The text of an AWS config or credentials file with keys of one section set or taken away, and every other byte as it
 * was. A section that occurs more than once is edited in every place, because readers differ in which one they take;
 * a missing one is added at the end. Throws on a value that would not stay on its line.
 */
export function editSection(text: string, section: string, changes: SectionChanges): string {
  for (const [key, value] of Object.entries(changes)) assertPrintable(key, value)
  const lines = parseIni(text)
  const eol = lines.find(({ end }) => end !== '')?.end ?? '\n'
  const edited: Pick<IniLine, 'text' | 'end'>[] = []
  const pending = new Set(Object.keys(changes).filter((key) => changes[key] !== undefined))
  let isInside = false
  let insertAt: number | undefined
  let isBlockGone = false
  for (const line of lines) {
    if (line.kind === 'section') isInside = line.section === section
    const isChanged = isInside && line.kind === 'property' && Object.hasOwn(changes, line.key)
    if (line.kind === 'nested' && isBlockGone) continue
    if (line.kind !== 'other') isBlockGone = false
    if (isChanged) {
      const replaced = replaceProperty(line, { key: line.key, value: changes[line.key], eol })
      isBlockGone = replaced.length !== 1 || replaced[0] !== line
      pending.delete(line.key)
      edited.push(...replaced)
    } else {
      edited.push(line)
    }
    if (isInside && line.kind !== 'other') insertAt = edited.length
  }
  const added = [...pending].map((key) => ({ text: `${key} = ${changes[key] ?? ''}`, end: eol }))
  if (added.length === 0) return printIni(edited)
  if (insertAt === undefined)
    return printIni([...endedAll(edited, eol), ...newSection(edited, { section, eol }), ...added])
  return printIni([...endedAll(edited.slice(0, insertAt), eol), ...added, ...edited.slice(insertAt)])
}

type Replacement = { readonly key: string; readonly value: string | undefined; readonly eol: string }

function replaceProperty(line: IniLine & { kind: 'property' }, to: Replacement): Pick<IniLine, 'text' | 'end'>[] {
  const { before, value, comment } = splitProperty(line.text)
  if (value === to.value) return [line]
  // botocore takes a comment on the line for a part of the value, so it moves to a line of its own.
  const kept = comment.trim() === '' ? [] : [{ text: comment.trim(), end: line.end || to.eol }]
  if (to.value === undefined) return kept
  // Only `key =` in lower case is read by all.
  const isReadByAll = before.trimStart().startsWith(to.key) && before.includes('=')
  return [...kept, { text: `${isReadByAll ? before : `${to.key} = `}${to.value}`, end: line.end }]
}

function newSection(above: readonly Pick<IniLine, 'text'>[], { section, eol }: { section: string; eol: string }) {
  const gap = above.length === 0 || above.at(-1)?.text.trim() === '' ? [] : [{ text: '', end: eol }]
  return [...gap, { text: `[${section}]`, end: eol }]
}

// The last line of a file may lack its end; whatever follows it must not land on it.
function endedAll(lines: readonly Pick<IniLine, 'text' | 'end'>[], eol: string): Pick<IniLine, 'text' | 'end'>[] {
  return lines.map(({ text, end }) => ({ text, end: end || eol }))
}

function assertPrintable(key: string, value: string | undefined): void {
  // The value itself may be a secret, so the message does not show it.
  if (value !== undefined && !/^[\x21-\x7e]+$/.test(value))
    throw new Error(`value of \`${key}\` is not printable ASCII without spaces`)
}
