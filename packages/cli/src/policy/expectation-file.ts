/**
 * Expectation files: what some policies must say to some requests. Their form is in `docs/policies.md`; it is that of the
 * engine's own decision cases, with policies by the names of their files.
 */
import path from 'node:path'
import type { ContextValue, DecisionSource, PoliciesInForce, Principal } from '@iamd/policy'

import { Failure, reasonOf, wrongUsage } from '../failure.ts'
import { isActionName } from './action-name.ts'
import { parseCaller, someUser } from './caller.ts'
import {
  readBoolean,
  readList,
  readObject,
  readOptional,
  readRecord,
  readString,
  readWord,
  ShapeError,
} from './json-shape.ts'
import { readText, shownPath } from './policy-file.ts'
import { compileSources, resourcePolicyKinds } from './policy-sources.ts'
import type { SimulatedRequest } from './simulation.ts'
import { decisionSources } from './source-titles.ts'
import { SourceReader } from './source-reader.ts'

/** What a file expects, ready to be asked. */
export type ExpectationFile = {
  readonly name: string
  readonly expectations: readonly Expectation[]
  /** Every file that was read, this one included, by absolute path. */
  readonly files: readonly string[]
}

/** One request, and what must come out. */
export type Expectation = {
  readonly name: string
  readonly request: SimulatedRequest
  readonly policies: PoliciesInForce
  readonly expect: Verdict
  readonly by: ExpectedReason
}

const verdicts = ['allow', 'deny', 'explicitDeny', 'implicitDeny'] as const

/** `deny` is either kind of denial. */
export type Verdict = (typeof verdicts)[number]

/** What must have decided; what is absent may be anything. */
export type ExpectedReason = {
  readonly source?: DecisionSource | undefined
  readonly sid?: string | undefined
  /** The policy's file, as decisions name it. */
  readonly policy?: string | undefined
}

/** Reads a file with all policies that it names. Throws wrong usage that says what is wrong and where. */
export async function readExpectationFile(file: string): Promise<ExpectationFile> {
  const name = shownPath(file)
  const text = await readText(file)
  try {
    const parsed: unknown = JSON.parse(text)
    const sources = new SourceReader(file)
    const expectations = (await readExpectations(parsed, sources)).map((one) => ({
      ...one,
      by: shownReason(one.by, file),
    }))
    return { name, expectations, files: [path.resolve(file), ...sources.files] }
  } catch (error) {
    if (error instanceof ShapeError || error instanceof SyntaxError) throw wrongUsage(`${name}: ${reasonOf(error)}`)
    if (error instanceof Failure) throw wrongUsage(`${name} names what cannot be used: ${error.message}`)
    throw error
  }
}

/** Decisions name policies by the paths that people see; a file names them relative to itself. */
function shownReason(by: ExpectedReason, file: string): ExpectedReason {
  return by.policy === undefined ? by : { ...by, policy: shownPath(path.resolve(path.dirname(file), by.policy)) }
}

const requestMembers = ['caller', 'resourceAccount', 'isOwnedByManagementAccount', 'context'] as const
const fileMembers = ['description', 'policies', 'resourcePolicyKind', ...requestMembers, 'expectations']
const expectationMembers = ['name', 'action', 'resource', ...requestMembers, 'expect', 'by']

async function readExpectations(parsed: unknown, sources: SourceReader): Promise<readonly Expectation[]> {
  const file = readObject(parsed, '', fileMembers)
  readOptional(file['description'], 'description', readString)
  const kind = readOptional(file['resourcePolicyKind'], 'resourcePolicyKind', (value, place) =>
    readWord(value, place, resourcePolicyKinds),
  )
  const policies = compileSources(await sources.read(file['policies'] ?? {}, 'policies'), kind ?? 'grants')
  const usual = readAsked(file, '')
  const expectations = readList(file['expectations'], 'expectations', (value, place) =>
    readExpectation(readObject(value, place, expectationMembers), place, usual),
  ).flat()
  // A file that expects nothing would pass whatever the policies say.
  if (expectations.length === 0) throw new ShapeError('expectations', 'is empty')
  return expectations.map((expectation) => ({ ...expectation, policies }))
}

/** What expectations have in common, or have of their own. */
type Asked = {
  readonly caller: Principal | undefined
  readonly resourceAccount: string | undefined
  readonly isOwnedByManagementAccount: boolean | undefined
  readonly context: SimulatedRequest['context']
}

function readAsked(object: Readonly<Record<string, unknown>>, place: string): Asked {
  const at = (member: string): string => (place === '' ? member : `${place}.${member}`)
  return {
    caller: readOptional(object['caller'], at('caller'), readCaller),
    resourceAccount: readOptional(object['resourceAccount'], at('resourceAccount'), readAccount),
    isOwnedByManagementAccount: readOptional(
      object['isOwnedByManagementAccount'],
      at('isOwnedByManagementAccount'),
      readBoolean,
    ),
    context: readOptional(object['context'], at('context'), readContext) ?? {},
  }
}

function readExpectation(
  object: Readonly<Record<string, unknown>>,
  place: string,
  usual: Asked,
): readonly Omit<Expectation, 'policies'>[] {
  const own = readAsked(object, place)
  const actions = readActions(object['action'], `${place}.action`)
  const resources = readOneOrMore(object['resource'] ?? '*', `${place}.resource`)
  const expect = readWord(object['expect'], `${place}.expect`, verdicts)
  const by = readOptional(object['by'], `${place}.by`, readReason) ?? {}
  const name = readOptional(object['name'], `${place}.name`, readString)
  const asked = {
    caller: own.caller ?? usual.caller ?? parseCaller(someUser),
    resourceAccount: own.resourceAccount ?? usual.resourceAccount,
    isOwnedByManagementAccount: own.isOwnedByManagementAccount ?? usual.isOwnedByManagementAccount,
    context: { ...usual.context, ...own.context },
  }
  return actions.flatMap((action) =>
    resources.map((resource) => {
      const what = `${expect} ${action} on ${resource}`
      return {
        name: name === undefined ? what : `${name}: ${what}`,
        request: { ...asked, action, resource },
        expect,
        by,
      }
    }),
  )
}

function readActions(value: unknown, place: string): readonly string[] {
  const actions = readOneOrMore(value, place)
  const other = actions.find((action) => !isActionName(action))
  if (other !== undefined) throw new ShapeError(place, `\`${other}\` is no action, such as \`s3:GetObject\``)
  return actions
}

function readOneOrMore(value: unknown, place: string): readonly string[] {
  const list = typeof value === 'string' ? [value] : readList(value, place, readString)
  if (list.length === 0) throw new ShapeError(place, 'is empty')
  return list
}

function readCaller(value: unknown, place: string): Principal {
  if (typeof value === 'string') return callerAt(place, value)
  const object = readObject(value, place, ['arn', 'id', 'federatedBy', 'isManagementAccount'])
  return callerAt(place, readString(object['arn'], `${place}.arn`), {
    id: readOptional(object['id'], `${place}.id`, readString),
    federatedBy: readOptional(object['federatedBy'], `${place}.federatedBy`, readString),
    isManagementAccount: readOptional(object['isManagementAccount'], `${place}.isManagementAccount`, readBoolean),
  })
}

function callerAt(place: string, ...[text, details]: Parameters<typeof parseCaller>): Principal {
  try {
    return parseCaller(text, details)
  } catch (error) {
    throw new ShapeError(place, reasonOf(error))
  }
}

function readAccount(value: unknown, place: string): string {
  const text = readString(value, place)
  if (!/^\d{12}$/.test(text)) throw new ShapeError(place, 'is no account number of twelve digits')
  return text
}

/** A key that is null is not in the request, also where it follows from the caller. */
function readContext(value: unknown, place: string): SimulatedRequest['context'] {
  const entries = Object.entries(readRecord(value, place))
  return Object.fromEntries(entries.map(([key, given]) => [key, readContextValue(given, `${place}.${key}`)]))
}

function readContextValue(value: unknown, place: string): ContextValue | undefined {
  if (value === null) return undefined
  return Array.isArray(value) ? readList(value, place, readString) : readString(value, place)
}

function readReason(value: unknown, place: string): ExpectedReason {
  if (typeof value === 'string') return { source: readSource(value, place) }
  const { source, sid, policy } = readObject(value, place, ['source', 'sid', 'policy'])
  return {
    source: readOptional(source, `${place}.source`, readSource),
    sid: readOptional(sid, `${place}.sid`, readString),
    policy: readOptional(policy, `${place}.policy`, readString),
  }
}

function readSource(value: unknown, place: string): DecisionSource {
  return readWord(value, place, decisionSources)
}
