import type { Question } from '../../reference/question.ts'
import { compare } from './compare.ts'
import type { Disagreement } from './compare.ts'

/** Asks again about a smaller question. */
export type Judge = (question: Question) => Disagreement | undefined

/** The smallest question in which the two still differ: whatever can be left out is, part by part, until nothing more can. */
export function minimise(disagreement: Disagreement, judge: Judge = differs): Disagreement {
  const smaller = smallerOnes(disagreement.question)
    .filter((candidate) => isQuestion(candidate))
    .map(judge)
    .find((found) => found !== undefined)
  return smaller === undefined ? disagreement : minimise(smaller, judge)
}

/** What makes no sense without a part is an error, and no disagreement. */
function differs(question: Question): Disagreement | undefined {
  const { disagreement } = compare(question)
  const isError = disagreement !== undefined && `${disagreement.engine}${disagreement.reference}`.includes('error')
  return isError ? undefined : disagreement
}

function isQuestion(candidate: object): candidate is Question {
  return 'request' in candidate && 'policies' in candidate
}

/** The value with one part left out, for each part at any depth but those that a question must have. */
function smallerOnes(question: Question): Record<string, unknown>[] {
  const { policies, request, ...rest } = question
  return [
    ...without(policies, false).map((smaller) => ({ ...rest, request, policies: smaller })),
    ...without(request.context, false).map((context) => ({ ...rest, request: { ...request, context }, policies })),
  ]
}

/** What a policy or a statement cannot be without. */
const NEEDED = new Set([
  'Statement',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
])

/** Objects lose a member, lists an item, and both whatever their parts lose; the last stays, but where `keepsLast` says otherwise. */
function without(value: unknown, keepsLast = true): unknown[] {
  if (Array.isArray(value)) {
    const items: unknown[] = value
    const shorter = items.length > 1 ? items.map((_, at) => items.toSpliced(at, 1)) : []
    return [...shorter, ...items.flatMap((item, at) => without(item).map((smaller) => items.with(at, smaller)))]
  }
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  const isNeeded = (key: string): boolean => NEEDED.has(key) || (keepsLast && entries.length === 1)
  return [
    ...entries.flatMap(([key], at) => (isNeeded(key) ? [] : [Object.fromEntries(entries.toSpliced(at, 1))])),
    ...entries.flatMap(([key, part], at) =>
      without(part).map((smaller) => Object.fromEntries(entries.with(at, [key, smaller]))),
    ),
  ]
}
