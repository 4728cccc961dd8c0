import type { Effect } from '../condition/condition.ts'
import type { PolicyDocument } from '../document/policy-document.ts'
import type { Position } from '../json/line-index.ts'
import { compileStatement, type StatementProgram } from './statement-program.ts'

/** Which policy it is, and why it applies. */
export interface PolicyIdentity {
  readonly name: string
  /** Of a managed policy; undefined for an inline one. */
  readonly arn: string | undefined
  /** ARN of what has it: a user, a group, a role, a resource, an organizational unit. */
  readonly attachedTo: string
}

/** A statement of a policy that applies, as decisions name it. */
export interface StatementRef {
  readonly policy: PolicyIdentity
  /** Place in the document, from 0. */
  readonly index: number
  readonly sid: string | undefined
  readonly effect: Effect
  readonly start: Position
  /** Behind the closing brace. */
  readonly end: Position
}

/** A statement and its name. */
export interface Entry {
  readonly program: StatementProgram
  readonly ref: StatementRef
}

/** A policy ready to decide with. */
export interface CompiledPolicy {
  readonly identity: PolicyIdentity
  readonly program: PolicyProgram
  /** In the order of the document, parallel to the program's statements. */
  readonly entries: readonly Entry[]
}

/** What a document says, whoever it applies to. */
export interface PolicyProgram {
  readonly statements: readonly StatementProgram[]
  /** For each service that a statement names: places in `statements` of all that may concern it, in order. */
  readonly byService: ReadonlyMap<string, readonly number[]>
  /** The same for every other service. */
  readonly otherServices: readonly number[]
}

/** INVARIANT (compiled once): a program depends on its document only, so a policy of 10,000 principals is compiled once. */
const PROGRAMS = new WeakMap<PolicyDocument, PolicyProgram>()

/** Never throws for a document that `parsePolicy` made. The document need not be valid for storing. */
export function compilePolicy(document: PolicyDocument, identity: PolicyIdentity): CompiledPolicy {
  const program = PROGRAMS.get(document) ?? compileDocument(document)
  PROGRAMS.set(document, program)
  return new AttachedPolicy(identity, program)
}

/** What it needs beyond the program is made when it is first asked for: most of who has a policy asks for nothing just now. */
class AttachedPolicy implements CompiledPolicy {
  readonly identity: PolicyIdentity
  readonly program: PolicyProgram
  #entries: readonly Entry[] | undefined

  constructor(identity: PolicyIdentity, program: PolicyProgram) {
    this.identity = identity
    this.program = program
  }

  get entries(): readonly Entry[] {
    this.#entries ??= this.program.statements.map((statement) => new AttachedStatement(this.identity, statement))
    return this.#entries
  }
}

class AttachedStatement implements Entry {
  readonly program: StatementProgram
  readonly #policy: PolicyIdentity
  #ref: StatementRef | undefined

  constructor(policy: PolicyIdentity, program: StatementProgram) {
    this.program = program
    this.#policy = policy
  }

  get ref(): StatementRef {
    if (this.#ref === undefined) {
      const { index, sid, effect, start, end } = this.program
      this.#ref = { policy: this.#policy, index, sid, effect, start, end }
    }
    return this.#ref
  }
}

function compileDocument(document: PolicyDocument): PolicyProgram {
  const statements = document.statements
    .map((statement, index) => compileStatement(statement, index, document))
    .filter((statement) => statement !== undefined)
  const named = new Set<string>()
  for (const { actions } of statements) {
    for (const { service } of actions.patterns) if (service !== undefined) named.add(service)
  }
  const places = (concerns: (statement: StatementProgram) => boolean): readonly number[] =>
    statements.flatMap((statement, place) => (concerns(statement) ? [place] : []))
  const byService = new Map<string, readonly number[]>()
  for (const service of named)
    byService.set(
      service,
      places((statement) => concernsService(statement, service)),
    )
  return { statements, byService, otherServices: places((statement) => concernsService(statement, undefined)) }
}

/** Whether a statement may match some action of the service, or of a service that no statement names when undefined. */
function concernsService({ actions }: StatementProgram, service: string | undefined): boolean {
  if (actions.isComplement) return true
  return actions.patterns.some((pattern) => pattern.service === undefined || pattern.service === service)
}
