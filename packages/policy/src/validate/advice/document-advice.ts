import { lowerCaseAscii } from '../../ascii.ts'
import type { ListElement, PolicyDocument } from '../../document/policy-document.ts'
import { type Report, statementsOf } from '../rule.ts'
import { advice } from './places.ts'

/** A managed policy without one is refused. */
export function versionsAreSaid({ versionElement }: PolicyDocument, report: Report): void {
  if (versionElement !== undefined) return
  const message = 'no `Version`, which means 2008-10-17, a language without variables: write `"Version": "2012-10-17"`'
  report(advice('MissingVersion', message, { text: { value: '', offset: 0 }, path: '' }))
}

/** IAM User Guide, "Id": for policies of resources. Elsewhere AWS keeps it and does nothing with it. */
export function idsHaveNoUse({ id }: PolicyDocument, report: Report): void {
  if (id === undefined) return
  report(advice('UnusedId', '`Id` has a meaning in policies of resources only', { text: id, path: 'Id' }))
}

/** Longer names than any action or resource has are not compared with patterns: the work stays in proportion to the text. */
const COMPARED_LENGTH_MAX = 256

/** A value that is there twice, or that a pattern `start*` beside it matches whatever it stands for. */
export function repeatedValues(document: PolicyDocument, report: Report): void {
  for (const { statement, path } of statementsOf(document)) {
    for (const element of [statement.action, statement.resource]) {
      if (element !== undefined) reportRepeated(element, { path, report })
    }
  }
}

function reportRepeated(
  { name, values }: ListElement,
  { path, report }: { readonly path: string; readonly report: Report },
): void {
  const isAction = name === 'Action' || name === 'NotAction'
  const compared = values.map(({ value }) => (isAction ? lowerCaseAscii(value) : value))
  const starts = new Set(compared.filter(isStart).map((value) => value.slice(0, -1)))
  const seen = new Set<string>()
  for (const [index, text] of values.entries()) {
    const value = compared[index] ?? ''
    const start = seen.has(value) ? value : coveringStart(value, starts)
    seen.add(value)
    if (start === undefined) continue
    const covering = start === value ? 'is there twice' : `says no more than \`${start}*\` beside it`
    report(advice('RedundantValue', `\`${text.value}\` ${covering}`, { text, path: `${path}.${name}[${index}]` }))
  }
}

/** A pattern whose only wildcard is the `*` at its end. */
function isStart(value: string): boolean {
  return value.length <= COMPARED_LENGTH_MAX && value.indexOf('*') === value.length - 1 && !/[?$]/.test(value)
}

function coveringStart(value: string, starts: ReadonlySet<string>): string | undefined {
  if (starts.size === 0 || value.length > COMPARED_LENGTH_MAX) return undefined
  const own = isStart(value) ? value.slice(0, -1) : undefined
  for (let length = 0; length <= value.length; length += 1) {
    const start = value.slice(0, length)
    if (start !== own && starts.has(start)) return start
  }
  return undefined
}
