/**
 * SimulateCustomPolicy and SimulatePrincipalPolicy, which differ only in where the policies come from.
 *
 * What is asked is checked in the order of this file. Sentences are observed, but for those that a comment calls ours.
 */
import type { PolicyKind } from '@iamd/policy'
import type {
  EvaluationResult,
  Fault,
  OrderedOrganizationPolicyType,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
} from '@iamd/wire'
import type { PolicyOwner } from '../../catalogue/entity-policies.ts'
import type { ReadScene } from '../scene.ts'
import { evaluationResult, type SimulatedResource } from './evaluation-result.ts'
import { namedCaller, stubCaller } from './simulated-caller.ts'
import { readContextEntries } from './simulated-context.ts'
import { checkSimulated, type SimulatedPolicy, type SourceType } from './simulated-policy.ts'
import { type ResourceOutcome, ResourceSimulator, type SimulatedWorld } from './simulate-resource.ts'
import { assertQuestions, resourcesOf } from './simulated-questions.ts'

type SimulationName = 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy'

export type SimulationInput = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'> & {
  readonly PolicyInputList?: readonly string[] | undefined
}

export interface Simulation {
  readonly operation: SimulationName
  readonly input: SimulationInput
  /** Who is simulated and what it has stored; undefined for policies of the request only. */
  readonly stored?: StoredPolicies
}

export interface StoredPolicies {
  readonly owner: PolicyOwner
  readonly policies: readonly SimulatedPolicy[]
  readonly boundary: SimulatedPolicy | undefined
}

type SimulationScene = Pick<ReadScene<SimulationName>, 'accountId' | 'vault'> & { readonly error: MakeError }

type MakeError = (code: 'InvalidInput' | 'PolicyEvaluation', message: string) => Fault

/** The answer: one page of actions. Throws InvalidInput for what cannot be asked, PolicyEvaluation for what cannot be decided. */
export function simulatePolicy(scene: SimulationScene, simulation: Simulation): SimulatePolicyResponse {
  const { error } = scene
  const { input, operation } = simulation
  const world = worldOf(scene, simulation)
  const resources = resourcesOf(input)
  const actions = input.ActionNames
  const simulator = new ResourceSimulator(world)
  const start = startOf(scene, operation, input.Marker)
  const length = pageLength(input.MaxItems ?? ACTIONS_DEFAULT, workOf(world, resources.length), error)
  const results: EvaluationResult[] = []
  let steps = 0
  for (const action of actions.slice(start, start + length)) {
    const asked = askedOf(simulator, { action, resources, error })
    results.push(evaluationResult(action, asked))
    steps += stepsOf(asked)
    if (steps > STEPS_MAX) break
  }
  const end = start + results.length
  if (end >= actions.length) return { EvaluationResults: results, IsTruncated: false }
  const Marker = scene.vault.sealMarker(markerContext(scene, operation), String(end))
  return { EvaluationResults: results, IsTruncated: true, Marker }
}

/** One action on every resource. Throws InvalidInput when it takes far more than a page may. */
function askedOf(
  simulator: ResourceSimulator,
  {
    action,
    resources,
    error,
  }: { readonly action: string; readonly resources: readonly string[]; readonly error: MakeError },
): readonly SimulatedResource[] {
  const asked: SimulatedResource[] = []
  let steps = 0
  for (const name of resources) {
    const outcome = sound(simulator.simulate(action, name), error)
    asked.push({ name, outcome })
    steps += outcome.steps
    if (steps > ACTION_STEPS_MAX) throw tooMany(error)
  }
  return asked
}

function stepsOf(asked: readonly SimulatedResource[]): number {
  return asked.reduce((sum, { outcome }) => sum + outcome.steps, 0)
}

function worldOf({ accountId, error }: SimulationScene, { input, stored }: Simulation): SimulatedWorld {
  const identity = [...(stored?.policies ?? []), ...policyInputs(input, error)]
  const boundary = boundaryOf(input, error) ?? stored?.boundary
  const serviceControl = (input.OrderedOrganizationPolicyInputList ?? []).map((level, at) => levelOf(level, at, error))
  assertQuestions(input, error)
  const given = readContextEntries(input.ContextEntries ?? [], error)
  const callerArn = input.CallerArn ?? stored?.owner.arn
  const caller =
    callerArn === undefined ? stubCaller(accountId) : namedCaller(callerArn, { source: stored?.owner, error })
  const resourceOwner = input.ResourceOwner === undefined ? undefined : accountOfOwner(input.ResourceOwner, error)
  const resourcePolicy = resourcePolicyOf(input, callerArn, error)
  return { caller, given, identity, boundary, serviceControl, resourcePolicy, resourceOwner }
}

function policyInputs({ PolicyInputList = [] }: SimulationInput, error: MakeError): readonly SimulatedPolicy[] {
  return PolicyInputList.map((text, at) => {
    const source = { id: `PolicyInputList.${at + 1}`, type: 'IAM Policy' } as const
    return inputPolicy(text, { kind: 'identity', source, what: `Policy input list item ${at + 1}`, error })
  })
}

function boundaryOf(input: SimulationInput, error: MakeError): SimulatedPolicy | undefined {
  const [text, ...more] = input.PermissionsBoundaryPolicyInputList ?? []
  if (more.length > 0) throw error('InvalidInput', 'The list of Permissions Boundary policies cannot exceed 1 items.')
  if (text === undefined) return undefined
  const source = { id: 'PermissionsBoundaryPolicyInputList.1', type: 'Permissions Boundary Policy' } as const
  // As an inline policy: a boundary that is stored must say its version, one that is tried out need not. The sentence is ours.
  return inputPolicy(text, { kind: 'identity', source, what: 'Permissions boundary policy input list item 1', error })
}

function levelOf(
  { ServiceControlPolicyInputList: texts = [] }: OrderedOrganizationPolicyType,
  at: number,
  error: MakeError,
): readonly SimulatedPolicy[] {
  const what = `Organization policy at index ${at + 1}`
  if (texts.length === 0) throw error('InvalidInput', `${what} must contain at least one service control policy`)
  return texts.map((text) => inputPolicy(text, { kind: 'serviceControl', source: undefined, what, error }))
}

/** Its principals must be able to name somebody, and its resources something. */
function resourcePolicyOf(
  input: SimulationInput,
  callerArn: string | undefined,
  error: MakeError,
): SimulatedPolicy | undefined {
  const text = input.ResourcePolicy
  if (text === undefined) return undefined
  if (callerArn === undefined) throw error('InvalidInput', 'Invalid caller - Caller cannot be null or empty.')
  if (resourcesOf(input).includes('*')) {
    throw error('InvalidInput', 'Invalid Entity Arn: * does not clearly define entity type and name.')
  }
  const source = { id: 'ResourcePolicy', type: 'Resource Policy' } as const
  const policy = inputPolicy(text, { kind: 'resource', source, what: 'Resource policy', error })
  if (policy.document.statements.some(({ resource }) => resource?.values.some(({ value }) => value === '*'))) {
    throw error('InvalidInput', 'ResourceNames are not in a valid ARN format: *.')
  }
  return policy
}

interface InputPolicy {
  readonly kind: PolicyKind
  readonly source: { readonly id: string; readonly type: SourceType } | undefined
  /** What the sentence about it begins with. */
  readonly what: string
  readonly error: MakeError
}

function inputPolicy(text: string, { kind, source, what, error }: InputPolicy): SimulatedPolicy {
  const policy = checkSimulated(text, kind, { attachedTo: source?.id ?? what, source })
  if (policy === undefined) throw error('InvalidInput', `${what} has invalid content`)
  return policy
}

/** Observed: an ARN of IAM, such as the account's root user; a bare account number, which the API reference has, is refused. */
function accountOfOwner(arn: string, error: MakeError): string {
  const [, accountId] = /^arn:aws[a-z-]*:iam::(\d{12}):.+$/.exec(arn) ?? []
  if (accountId === undefined) throw error('InvalidInput', `'${arn}' is not a valid as a Resource Owner.`)
  return accountId
}

/**
 * What one page may cost, in characters of policies that are asked, so that nobody else waits for it: a tenth of a second as a rule, half
 * a second at worst. API reference: "IAM might return fewer results, even when there are more results available."
 */
const WORK_MAX = 50_000_000
/** What one action may cost, which no page can part. */
const ACTION_WORK_MAX = 4 * WORK_MAX
/**
 * Characters do not tell what comparing long values of the context takes: the same as what finding out why took, in steps of which a
 * million take some milliseconds. A page ends behind the action with which it has taken so many.
 */
const STEPS_MAX = 10_000_000
/** What one action may take. */
const ACTION_STEPS_MAX = 4 * STEPS_MAX
/** What a question costs besides. */
const QUESTION_WORK = 2_000
const ACTIONS_DEFAULT = 100

/** How many actions: as many as are asked for, or as few as a page may cost, but one. Throws when one costs far more than a page. */
function pageLength(actionsMax: number, work: number, error: MakeError): number {
  if (work > ACTION_WORK_MAX) throw tooMany(error)
  return Math.min(actionsMax, Math.max(1, Math.floor(WORK_MAX / work)))
}

/** Ours: AWS has limits too, and does not publish them. */
function tooMany(error: MakeError): Fault {
  return error('InvalidInput', 'The policies and resources are too many for one simulation.')
}

/** What one action costs. */
function workOf(world: SimulatedWorld, resourceCount: number): number {
  return resourceCount * (QUESTION_WORK + sizeOf(world))
}

function sizeOf({ identity, boundary, serviceControl, resourcePolicy }: SimulatedWorld): number {
  const policies = [...identity, boundary, ...serviceControl.flat(), resourcePolicy]
  return policies.reduce((size, policy) => size + (policy?.text.length ?? 0), 0)
}

/** Observed: a marker counts actions, and goes with other policies, resources and actions too. */
function startOf(scene: SimulationScene, operation: SimulationName, marker: string | undefined): number {
  if (marker === undefined) return 0
  const position = scene.vault.openMarker(markerContext(scene, operation), marker)
  if (position === undefined) throw scene.error('InvalidInput', 'Invalid marker for pagination.')
  return Number(position)
}

function markerContext(
  { accountId }: SimulationScene,
  operation: SimulationName,
): Parameters<SimulationScene['vault']['sealMarker']>[0] {
  return { accountId, operation, filter: '' }
}

function sound(outcome: ResourceOutcome, error: MakeError): ResourceOutcome {
  if (outcome.failure === undefined) return outcome
  // The code is the model's, the sentence is ours.
  throw error('PolicyEvaluation', 'A provided policy could not be successfully evaluated.')
}
