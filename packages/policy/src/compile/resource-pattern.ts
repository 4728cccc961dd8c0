import type { Evaluation } from '../context/evaluation.ts'
import { fifthColon } from '../match/arn-parts.ts'
import { parseTemplate, resolveTemplate, templateText, type TemplatePart } from '../match/template.ts'
import { compileTemplate, matchTemplate, type TemplatePattern, templateStart } from '../match/template-pattern.ts'

/**
 * A value of Resource or NotResource. The whole ARN is one text, in which `*` crosses `/` and `:`; case matters.
 * Variables may stand in the resource's own part only, behind the fifth colon; before it `${` is text.
 */
export interface ResourcePattern {
  readonly source: string
  /** What every resource that matches starts with, whatever variables stand for. */
  readonly start: string
  readonly pattern: TemplatePattern
  readonly parts: readonly TemplatePart[]
}

/** Any text is a pattern; one that is no ARN matches nothing but itself. */
export function compileResource(source: string, { variables }: { readonly variables: boolean }): ResourcePattern {
  const cut = fifthColon(source) + 1
  const parts = [
    ...parseTemplate(source.slice(0, cut), { wildcards: true, variables: false }),
    ...parseTemplate(source.slice(cut), { wildcards: true, variables: variables && cut > 0 }),
  ]
  const pattern = compileTemplate(joinTexts(parts))
  return { source, start: templateStart(pattern), pattern, parts }
}

/** A pattern with a variable that has no value matches nothing. */
export function matchResource({ pattern }: ResourcePattern, resource: string, evaluation: Evaluation): boolean {
  return matchTemplate(pattern, resource, evaluation)
}

/** The pattern with the request's values in it, for explanations. */
export function resolvedResource(
  { source, pattern, parts }: ResourcePattern,
  evaluation: Evaluation,
): string | undefined {
  if (pattern.kind === 'fixed') return source
  const resolved = resolveTemplate(parts, evaluation)
  return resolved === undefined ? undefined : templateText(resolved)
}

/** The texts on both sides of the fifth colon are one. */
function joinTexts(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const joined: TemplatePart[] = []
  for (const part of parts) {
    const before = joined.at(-1)
    if (part.kind === 'text' && before?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: before.text + part.text }
    } else joined.push(part)
  }
  return joined
}
