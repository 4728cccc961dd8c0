import { getOperator } from '../../condition/operators.ts'
import type { PolicyDocument, PolicyText } from '../../document/policy-document.ts'
import { fifthColon } from '../../match/arn-parts.ts'
import { parseTemplate } from '../../match/template.ts'
import { type Report, valuesOf } from '../rule.ts'
import { advice, keysOf } from './places.ts'

/** IAM User Guide, "Version": variables are text in a document of 2008-10-17, or of none. */
export function variablesNeedVersion(document: PolicyDocument, report: Report): void {
  if (document.version === '2012-10-17') return
  for (const place of templatesOf(document)) {
    if (!place.text.value.includes('${')) continue
    const message = 'policy variables need `"Version": "2012-10-17"`; here they are text'
    report(advice('VariableInOldVersion', message, place))
  }
}

/** A text with a variable that stands for nothing in any request matches nothing. */
export function variablesAreWellFormed(document: PolicyDocument, report: Report): void {
  if (document.version !== '2012-10-17') return
  for (const { text, path, from } of templatesOf(document)) {
    if (text.value.slice(0, from).includes('${')) {
      report(advice('MisplacedVariable', 'a variable before the fifth colon of an ARN is text', { text, path }))
    }
    const parts = parseTemplate(text.value.slice(from), { wildcards: true, variables: true })
    const isNeverKnown = parts.some(
      (part) => part.kind === 'unresolvable' || (part.kind === 'text' && part.text.includes('${')),
    )
    if (isNeverKnown) report(advice('MalformedVariable', 'a variable here never has a value', { text, path }))
  }
}

interface TemplatePlace {
  readonly text: PolicyText
  readonly path: string
  /** Offset in the text from which variables count. */
  readonly from: number
}

/** Texts in which variables may stand. */
function templatesOf(document: PolicyDocument): readonly TemplatePlace[] {
  const resources = valuesOf(document, 'resource').map(({ text, path }) => {
    return { text, path, from: fifthColon(text.value) + 1 || text.value.length }
  })
  const operands = keysOf(document).flatMap(({ block, condition, path }) => {
    const takes = block.operator !== undefined && getOperator(block.operator.operator).takesVariables
    return takes ? condition.values.map((text) => ({ text, path, from: 0 })) : []
  })
  return [...resources, ...operands]
}
