/** Real calls at random. None of them locks the calling user out. */
import type { OperationName } from '@iamd/wire'
import { ADMINISTRATOR_ACCESS, DOCUMENT } from '../managed-policies.ts'
import type { WireInput, WireValue } from '../wire-call.ts'
import { ACCOUNT, GROUPS, pick, POLICIES, type Random, SUBJECT } from './random-account.ts'

const USERS = [SUBJECT, 'ANN', 'Bob', 'bob', 'Zed', 'Nobody'] as const
const OTHERS = ['Bob', 'Zed', 'Nobody'] as const

export interface RandomCall {
  readonly name: OperationName
  readonly input: WireInput
}

export function randomCall(random: Random): RandomCall {
  const [name, makeInput] = pick(random, [...CALLS])
  return { name, input: makeInput(random) }
}

type MakeInput = (random: Random) => WireInput

/** Operations and what they are sent. */
export const CALLS: ReadonlyMap<OperationName, MakeInput> = new Map<OperationName, MakeInput>([
  ['GetUser', (random) => (random(3) === 0 ? {} : user(random))],
  ['ListUsers', (random) => path(random, 'PathPrefix')],
  [
    'CreateUser',
    (random) => ({ UserName: pick(random, OTHERS), ...path(random, 'Path'), ...tags(random), ...boundary(random) }),
  ],
  ['UpdateUser', (random) => ({ UserName: pick(random, OTHERS), NewPath: pick(random, ['/', '/team/']) })],
  ['DeleteUser', (random) => ({ UserName: pick(random, OTHERS) })],
  ['TagUser', (random) => ({ ...user(random), Tags: someTags(random) })],
  ['UntagUser', (random) => ({ UserName: pick(random, OTHERS), TagKeys: keys(random) })],
  ['ListUserTags', user],
  ['PutUserPolicy', (random) => ({ ...user(random), PolicyName: 'put', PolicyDocument: DOCUMENT })],
  ['GetUserPolicy', (random) => ({ ...user(random), PolicyName: pick(random, ['put', 'inline-1']) })],
  ['DeleteUserPolicy', (random) => ({ ...user(random), PolicyName: pick(random, ['put', 'inline-1']) })],
  ['AttachUserPolicy', (random) => ({ ...user(random), ...policy(random) })],
  ['DetachUserPolicy', (random) => ({ ...user(random), ...policy(random) })],
  ['ListAttachedUserPolicies', user],
  ['PutUserPermissionsBoundary', (random) => ({ ...user(random), PermissionsBoundary: policyArn(random) })],
  ['DeleteUserPermissionsBoundary', user],
  ['ListGroupsForUser', user],
  ['CreateGroup', (random) => ({ GroupName: 'Fresh', ...path(random, 'Path') })],
  ['GetGroup', group],
  ['DeleteGroup', () => ({ GroupName: 'Fresh' })],
  ['AddUserToGroup', (random) => ({ ...user(random), ...group(random) })],
  ['RemoveUserFromGroup', (random) => ({ ...user(random), ...group(random) })],
  ['PutGroupPolicy', (random) => ({ ...group(random), PolicyName: 'put', PolicyDocument: DOCUMENT })],
  ['AttachGroupPolicy', (random) => ({ ...group(random), ...policy(random) })],
  [
    'CreatePolicy',
    (random) => ({ PolicyName: pick(random, [...POLICIES, 'Fresh']), PolicyDocument: DOCUMENT, ...tags(random) }),
  ],
  ['GetPolicy', policy],
  ['TagPolicy', (random) => ({ ...policy(random), Tags: someTags(random) })],
  ['UntagPolicy', (random) => ({ ...policy(random), TagKeys: keys(random) })],
  ['ListPolicies', () => ({ Scope: 'Local' })],
  ['GetPolicyVersion', (random) => ({ ...policy(random), VersionId: 'v1' })],
  ['GetAccountSummary', () => ({})],
  ['GetAccountPasswordPolicy', () => ({})],
  ['ListAccessKeys', user],
  ['GetCallerIdentity', () => ({})],
  ['GetContextKeysForPrincipalPolicy', (random) => ({ PolicySourceArn: `${ACCOUNT}:user/${pick(random, USERS)}` })],
  ['SimulateCustomPolicy', () => ({ PolicyInputList: [DOCUMENT], ActionNames: ['s3:GetObject'] })],
])

function user(random: Random): WireInput {
  return { UserName: pick(random, USERS) }
}

function group(random: Random): WireInput {
  return { GroupName: pick(random, [...GROUPS, 'NoGroup']) }
}

function policy(random: Random): WireInput {
  return { PolicyArn: policyArn(random) }
}

function policyArn(random: Random): string {
  return random(5) === 0 ? ADMINISTRATOR_ACCESS : `${ACCOUNT}:policy/${pick(random, [...POLICIES, 'NoPolicy'])}`
}

function boundary(random: Random): WireInput {
  return random(2) === 0 ? {} : { PermissionsBoundary: policyArn(random) }
}

function path(random: Random, member: 'Path' | 'PathPrefix'): WireInput {
  return random(2) === 0 ? {} : { [member]: '/team/' }
}

function tags(random: Random): WireInput {
  return random(2) === 0 ? {} : { Tags: someTags(random) }
}

function someTags(random: Random): readonly WireValue[] {
  return keys(random).map((Key) => ({ Key, Value: pick(random, ['red', 'blue', '']) }))
}

function keys(random: Random): readonly string[] {
  return pick(random, [['Team'], ['Cost'], ['Team', 'Cost']])
}
