import type { Evaluation } from '../context/evaluation.ts'
import { fifthColon } from '../match/arn-parts.ts'
import { compilePattern, matchPattern, type Pattern } from '../match/pattern.ts'
import { hasVariables, parseTemplate, resolveTemplate, templateText, type TemplatePart } from '../match/template.ts'

/**
 * A value of Resource or NotResource. The whole ARN is one text, in which `*` crosses `/` and `:`; case matters.
 * Variables may stand in the resource's own part only, behind the fifth colon; before it `${` is text.
 */
export type ResourcePattern =
  | { readonly kind: 'fixed'; readonly source: string; readonly pattern: Pattern }
  | {
      readonly kind: 'variable'
      readonly source: string
      /** What the resource must start with, whatever the variables stand for. */
      readonly start: string
      readonly parts: readonly TemplatePart[]
    }

/** Any text is a pattern; one that is no ARN matches nothing but itself. */
export function compileResource(source: string, { variables }: { readonly variables: boolean }): ResourcePattern {
  const cut = fifthColon(source) + 1
  const parts = [
    ...parseTemplate(source.slice(0, cut), { wildcards: true, variables: false }),
    ...parseTemplate(source.slice(cut), { wildcards: true, variables: variables && cut > 0 }),
  ]
  if (!hasVariables(parts)) return { kind: 'fixed', source, pattern: compilePattern(parts) }
  const length = parts.findIndex(({ kind }) => kind !== 'text')
  const start = parts.slice(0, length).map((part) => (part.kind === 'text' ? part.text : ''))
  return { kind: 'variable', source, start: start.join(''), parts }
}

/** A pattern with a variable that has no value matches nothing. */
export function matchResource(pattern: ResourcePattern, resource: string, evaluation: Evaluation): boolean {
  if (pattern.kind === 'fixed') return matchPattern(pattern.pattern, resource, evaluation.steps)
  if (!resource.startsWith(pattern.start)) return false
  const resolved = resolveTemplate(pattern.parts, evaluation)
  return resolved !== undefined && matchPattern(compilePattern(resolved), resource, evaluation.steps)
}

/** The pattern with the request's values in it, for explanations. */
export function resolvedResource(pattern: ResourcePattern, evaluation: Evaluation): string | undefined {
  if (pattern.kind === 'fixed') return pattern.source
  const resolved = resolveTemplate(pattern.parts, evaluation)
  return resolved === undefined ? undefined : templateText(resolved)
}
