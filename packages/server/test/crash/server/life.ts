/**
 * What a writer of the crash tests does to a server: one life after another, each of a user, a group and a policy of its
 * own. A life is a list of calls that says of each what it changes, so that whoever looks after a crash knows what must be
 * there after so many calls, and what may be there because one more was under way.
 */
import type { OperationName } from '@iamd/wire'
import type { WireInput } from '../../wire-call.ts'

/** What reading shows of a life, as short texts; an empty one says that it is not there. */
export interface LifeState {
  /** Path and name. */
  readonly user: string
  /** `Key=Value`, in the order of keys. */
  readonly tags: string
  /** Name of the inline policy. */
  readonly inline: string
  /** Name of the managed policy that is attached to the user. */
  readonly attached: string
  /** Status of the access key. */
  readonly key: string
  /** `yes` where the user has a password. */
  readonly password: string
  /** Name of the group. */
  readonly group: string
  /** Name of the user as the group lists it. */
  readonly members: string
  /** Names of the groups as the user lists them. */
  readonly groups: string
  /** Versions of the policy, the default one with a star. */
  readonly policy: string
  /** To how many the policy is attached. */
  readonly attachments: string
}

/** What only an answer tells. */
export interface Learnt {
  readonly accountId: string
  readonly accessKeyId: string
}

export interface Step {
  readonly operation: OperationName
  readonly input: (learnt: Learnt) => WireInput
  readonly change: Partial<LifeState>
}

export interface Life {
  readonly id: string
  readonly names: LifeNames
  readonly steps: readonly Step[]
}

export interface LifeNames {
  /** As it was created, and as it is renamed. */
  readonly user: string
  readonly renamed: string
  readonly group: string
  readonly policy: string
}

const NOTHING: LifeState = {
  user: '',
  tags: '',
  inline: '',
  attached: '',
  key: '',
  password: '',
  group: '',
  members: '',
  groups: '',
  policy: '',
  attachments: '',
}

export const INLINE_POLICY = 'inline'

/** What must be there when so many of its calls have been made. */
export function stateAfter({ steps }: Life, count: number): LifeState {
  return steps.slice(0, count).reduce((state, { change }) => ({ ...state, ...change }), NOTHING)
}

/** `number` counts the lives of one writer: every other one ends with the deletion of all, every eighth has a password. */
export function newLife(id: string, number: number): Life {
  const names = { user: `u-${id}`, renamed: `renamed-${id}`, group: `g-${id}`, policy: `p-${id}` }
  const hasPassword = number % 8 === 1
  const steps = [...growth(names), ...(hasPassword ? [password(names)] : []), ...change(names)]
  return { id, names, steps: number % 2 === 0 ? steps : [...steps, ...end(names, hasPassword)] }
}

export function policyArn({ accountId }: Learnt, { policy }: LifeNames): string {
  return `arn:aws:iam::${accountId}:policy/${policy}`
}

function growth(names: LifeNames): Step[] {
  const { user: UserName, group: GroupName, policy: PolicyName } = names
  const tags = [tag('color', 'red'), tag('shape', 'round')]
  return [
    step(
      'CreateUser',
      { UserName, Path: '/crash/', Tags: tags },
      { user: `/crash/${UserName}`, tags: 'color=red shape=round' },
    ),
    step('CreateGroup', { GroupName }, { group: GroupName }),
    step(
      'CreatePolicy',
      { PolicyName, PolicyDocument: documentOf('iam:GetUser') },
      { policy: 'v1*', attachments: '0' },
    ),
    step('AddUserToGroup', { UserName, GroupName }, { members: UserName, groups: GroupName }),
    {
      operation: 'AttachUserPolicy',
      input: (learnt) => ({ UserName, PolicyArn: policyArn(learnt, names) }),
      change: { attached: PolicyName, attachments: '1' },
    },
    step(
      'TagUser',
      { UserName, Tags: [tag('color', 'blue'), tag('size', 'small')] },
      { tags: 'color=blue shape=round size=small' },
    ),
    step(
      'PutUserPolicy',
      { UserName, PolicyName: INLINE_POLICY, PolicyDocument: documentOf('iam:ListUsers') },
      { inline: INLINE_POLICY },
    ),
    step('CreateAccessKey', { UserName }, { key: 'Active' }),
  ]
}

function password({ user: UserName }: LifeNames): Step {
  return step('CreateLoginProfile', { UserName, Password: 'Before-the-crash-1' }, { password: 'yes' })
}

/** The user's name changes in one call, and with it what the group and the policy say of it. */
function change(names: LifeNames): Step[] {
  const { user, renamed } = names
  return [
    step(
      'UpdateUser',
      { UserName: user, NewUserName: renamed, NewPath: '/moved/' },
      { user: `/moved/${renamed}`, members: renamed },
    ),
    {
      operation: 'CreatePolicyVersion',
      input: (learnt) => ({
        PolicyArn: policyArn(learnt, names),
        PolicyDocument: documentOf('iam:ListGroups'),
        SetAsDefault: true,
      }),
      change: { policy: 'v1 v2*' },
    },
    {
      operation: 'UpdateAccessKey',
      input: ({ accessKeyId }) => ({ UserName: renamed, AccessKeyId: accessKeyId, Status: 'Inactive' }),
      change: { key: 'Inactive' },
    },
  ]
}

function end(names: LifeNames, hasPassword: boolean): Step[] {
  const { renamed: UserName, group: GroupName } = names
  const ofPolicy = (operation: OperationName, input: WireInput, change: Partial<LifeState>): Step => ({
    operation,
    input: (learnt) => ({ ...input, PolicyArn: policyArn(learnt, names) }),
    change,
  })
  return [
    step('UntagUser', { UserName, TagKeys: ['shape', 'size'] }, { tags: 'color=blue' }),
    step('DeleteUserPolicy', { UserName, PolicyName: INLINE_POLICY }, { inline: '' }),
    ofPolicy('DetachUserPolicy', { UserName }, { attached: '', attachments: '0' }),
    step('RemoveUserFromGroup', { UserName, GroupName }, { members: '', groups: '' }),
    {
      operation: 'DeleteAccessKey',
      input: ({ accessKeyId }) => ({ UserName, AccessKeyId: accessKeyId }),
      change: { key: '' },
    },
    ...(hasPassword ? [step('DeleteLoginProfile', { UserName }, { password: '' })] : []),
    step('DeleteUser', { UserName }, { user: '', tags: '' }),
    ofPolicy('DeletePolicyVersion', { VersionId: 'v1' }, { policy: 'v2*' }),
    ofPolicy('DeletePolicy', {}, { policy: '', attachments: '' }),
    step('DeleteGroup', { GroupName }, { group: '' }),
  ]
}

function step(operation: OperationName, input: WireInput, change: Partial<LifeState>): Step {
  return { operation, input: () => input, change }
}

function tag(Key: string, Value: string): WireInput {
  return { Key, Value }
}

function documentOf(Action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
}
