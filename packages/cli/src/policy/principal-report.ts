/** What a service answers about one of its principals: for a person and for programs, in the form of a simulation from files. */
import type { MatchedStatement, PrincipalAnswer } from '../account/sdk-simulation.ts'
import { leaf, type Tree } from './tree.ts'

/** The tree of one answer. The service says which statements matched, and not what the others lack. */
export function principalTree(principalArn: string, answer: PrincipalAnswer): Tree {
  const { action, resource, effect, matched, missingKeys, allowedByBoundary, allowedByOrganizations } = answer
  return {
    text: `${effect === 'allow' ? 'allowed' : 'denied'}: ${action} on ${resource}`,
    below: [
      leaf(`asked for ${principalArn}`),
      leaf(`decided by ${reasonOfEffect[effect]}`),
      ...(matched.length === 0 ? [] : [{ text: 'statements that match', below: matched.map(statementLeaf) }]),
      ...verdictLeaf('permissions boundary', allowedByBoundary),
      ...verdictLeaf('policies of the organization', allowedByOrganizations),
      ...(missingKeys.length === 0 ? [] : [leaf(`policies ask for ${missingKeys.join(', ')}: give it with --context`)]),
    ],
  }
}

const reasonOfEffect = {
  allow: 'a statement that allows it',
  explicitDeny: 'a statement that denies it',
  implicitDeny: 'nothing: no statement allows it, or something that has to does not',
} as const

function statementLeaf({ policy, type, line, column }: MatchedStatement): Tree {
  return leaf(`${policy}${line === undefined ? '' : `:${line}:${column}`} (${type})`)
}

function verdictLeaf(what: string, isAllowed: boolean | undefined): readonly Tree[] {
  return isAllowed === undefined ? [] : [leaf(`${what}: ${isAllowed ? 'allows' : 'does not allow'}`)]
}

/** The answer for programs. */
export function principalJson(principalArn: string, answer: PrincipalAnswer): Readonly<Record<string, unknown>> {
  return { principal: principalArn, ...answer }
}
