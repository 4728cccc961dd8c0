/** The actions and resources that a simulation asks about. Sentences are observed. */
import type { Fault, SimulateCustomPolicyRequest } from '@iamd/wire'
import { findActionResources } from '../../catalogue/action-resources.ts'

type Questions = Pick<SimulateCustomPolicyRequest, 'ActionNames' | 'ResourceArns' | 'ResourceHandlingOption'>
type MakeError = (code: 'InvalidInput', message: string) => Fault

/** Everything, when none is given. */
export function resourcesOf({ ResourceArns = [] }: Pick<Questions, 'ResourceArns'>): readonly string[] {
  return ResourceArns.length === 0 ? ['*'] : ResourceArns
}

/** Throws InvalidInput for what AWS does not simulate. */
export function assertQuestions(questions: Questions, error: MakeError): void {
  const resources = resourcesOf(questions)
  const isEverything = resources.length === 1 && resources[0] === '*'
  if (!isEverything) assertArns(resources, error)
  for (const action of questions.ActionNames) {
    if (!action.includes(':')) throw error('InvalidInput', 'The action is invalid since it is missing names')
  }
  if (isEverything) return
  assertAlike(questions.ActionNames, error)
  assertHandled(questions, error)
}

function assertArns(resources: readonly string[], error: MakeError): void {
  for (const resource of resources) {
    const [arn, partition = '', service = '', , , ...rest] = resource.split(':')
    const isArn = arn === 'arn' && partition !== '' && service !== '' && rest.join(':') !== ''
    if (!isArn) throw error('InvalidInput', `ResourceNames are not in a valid ARN format: ${resource}.`)
  }
}

/**
 * AWS refuses to simulate actions together whose authorization differs, and does not say which do. It is sure of those that have
 * resources beside those that no service has.
 */
function assertAlike(actions: readonly string[], error: MakeError): void {
  const known = actions.filter((action) => findActionResources(action)?.template !== undefined)
  const unknown = actions.filter((action) => findActionResources(action) === undefined)
  if (known.length === 0 || unknown.length === 0) return
  const lists = `[${known.join(',')}] and [${unknown.join(',')}]`
  throw error('InvalidInput', `Invalid Input Actions: ${lists} require different authorization information.`)
}

/**
 * Scenarios of ec2:RunInstances, the only ones that the API reference has. Observed: they are taken with any resources, and make no
 * difference to the decision.
 */
const SCENARIOS: ReadonlySet<string> = new Set([
  'EC2-VPC-InstanceStore',
  'EC2-VPC-InstanceStore-Subnet',
  'EC2-VPC-EBS',
  'EC2-VPC-EBS-Subnet',
])

function assertHandled({ ActionNames, ResourceHandlingOption: option }: Questions, error: MakeError): void {
  if (option === undefined) return
  const other = ActionNames.find((action) => action.toLowerCase() !== 'ec2:runinstances' || !SCENARIOS.has(option))
  if (other === undefined) return
  const what = `Action does not support resource handling options: ${other}.`
  throw error('InvalidInput', `Invalid input resource handling options. ${what}`)
}
