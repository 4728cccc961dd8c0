/** The decision cases of the policy engine, which are data: what simulations can say of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../policy/cases')

/** A policy document as JSON. */
export type Document = Readonly<Record<string, unknown>>

export interface DecisionCase {
  readonly name: string
  readonly request: {
    readonly caller: {
      readonly kind: string
      readonly arn?: string
      readonly id?: string
      readonly accountId?: string
      readonly isManagementAccount?: boolean
    }
    readonly action: string
    readonly resource: string
    readonly resourceAccount?: string
    readonly context: Readonly<Record<string, string | readonly string[]>>
  }
  readonly policies: {
    readonly identity?: readonly Document[]
    readonly group?: readonly Document[]
    readonly boundary?: Document
    readonly session?: unknown
    readonly serviceControl?: readonly (readonly Document[])[]
    readonly resourceControl?: unknown
    readonly resource?: Document
    readonly endpoint?: unknown
  }
  readonly resourcePolicyKind?: string
  readonly expected: {
    readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny'
    readonly source?: string
    readonly statement?: object
  }
}

/** Every theme with its cases. */
export function readDecisionCases(): ReadonlyMap<string, readonly DecisionCase[]> {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  return new Map(
    files.toSorted().map((file): [string, readonly DecisionCase[]] => {
      const cases: readonly DecisionCase[] = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))
      return [basename(file, '.json'), cases]
    }),
  )
}
