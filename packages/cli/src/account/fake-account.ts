// An account in memory for the tests of what works on accounts: it answers as IAM does where the commands depend on
// it, with NoSuchEntity, EntityAlreadyExists, DeleteConflict and LimitExceeded, and it can be told to fail.
import {
  CallFailure,
  type AccessKeyPair,
  type AccessKeyStatus,
  type AccountApi,
  type GroupRecord,
  type PasswordPolicy,
  type UserRecord,
} from './account-api.ts'

/** What a test can see of the account, and set. */
export type FakeAccount = {
  readonly api: AccountApi
  /** Names of the operations that changed something, in order. */
  readonly writes: string[]
  readonly users: Map<string, FakeUser>
  readonly groups: Map<string, FakeGroup>
  readonly rootKeys: (AccessKeyStatus & AccessKeyPair)[]
  passwordPolicy: PasswordPolicy | undefined
  alias: string | undefined
  /** Called before an operation takes effect; what it throws is the answer. */
  before: (operation: string) => void
}

/** A user with what IAM would not tell. */
export type FakeUser = UserRecord & {
  password: string | undefined
  isResetRequired: boolean
  readonly keys: (AccessKeyStatus & AccessKeyPair)[]
  readonly others: string[]
}

/** A group with its policies. */
export type FakeGroup = GroupRecord & {
  readonly userNames: string[]
  readonly policyArns: string[]
  readonly inline: string[]
}

/** The number of every fake account. */
export const fakeAccountId = '123456789012'
/** The key that signs for root. */
export const rootKeyId = 'AKIAROOT000000000001'

/** A fresh account whose root user has one access key, and signs. */
export function fakeAccount(): FakeAccount {
  const world: World = {
    count: 0,
    writes: [],
    users: new Map(),
    groups: new Map(),
    rootKeys: [{ id: rootKeyId, secret: 'root-secret', isActive: true }],
    passwordPolicy: undefined,
    alias: undefined,
    before: () => undefined,
  }
  return Object.assign(world, { api: apiOf(world, { id: rootKeyId, secret: 'root-secret' }) })
}

/** A call that is answered with an error of IAM's. */
export function refusal(operation: string, code: string, message = code): CallFailure {
  return new CallFailure({ operation, code, outcome: 'refused' }, new Error(message))
}

type World = Omit<FakeAccount, 'api'> & { count: number }

type Signed = {
  readonly world: World
  /** Runs an operation that reads, or one that writes, if the signer may. */
  readonly read: <T>(operation: string, answer: () => T) => Promise<T>
  readonly write: <T>(operation: string, effect: () => T) => Promise<T>
  readonly nextId: (prefix: string) => string
}

function apiOf(world: World, signer: AccessKeyPair): AccountApi {
  const run = <T>(operation: string, answer: () => T): Promise<T> =>
    Promise.resolve().then(() => {
      world.before(operation)
      authorize(world, signer, operation)
      return answer()
    })
  const signed: Signed = {
    world,
    read: run,
    write: async (operation, effect) => {
      const answer = await run(operation, effect)
      world.writes.push(operation)
      return answer
    },
    nextId: (prefix) => `${prefix}${String((world.count += 1)).padStart(16, '0')}`,
  }
  return {
    ...groupMethods(signed),
    ...userMethods(signed),
    ...credentialMethods(signed, signer),
    getCaller: () => Promise.resolve().then(() => ({ accountId: fakeAccountId, arn: arnOf(world, signer) })),
    getSigningKeyId: () => Promise.resolve(signer.id),
    findAlias: () => signed.read('ListAccountAliases', () => world.alias),
    withKey: (key) => apiOf(world, key),
  }
}

// Root may do everything, a user what AdministratorAccess of one of their groups allows: everything or nothing.
function authorize(world: World, signer: AccessKeyPair, operation: string): void {
  const arn = arnOf(world, signer)
  if (arn.endsWith(':root')) return
  const name = arn.split('/').at(-1) ?? ''
  const isAdministrator = [...world.groups.values()].some(
    ({ userNames, policyArns }) =>
      userNames.includes(name) && policyArns.some((each) => each.endsWith('/AdministratorAccess')),
  )
  if (!isAdministrator) throw refusal(operation, 'AccessDenied')
}

function arnOf(world: World, { id, secret }: AccessKeyPair): string {
  const isKey = (key: AccessKeyStatus & AccessKeyPair): boolean =>
    key.id === id && key.secret === secret && key.isActive
  if (world.rootKeys.some(isKey)) return `arn:aws:iam::${fakeAccountId}:root`
  const user = [...world.users.values()].find(({ keys }) => keys.some(isKey))
  if (user === undefined) throw refusal('GetCallerIdentity', 'InvalidClientTokenId')
  return user.arn
}

function groupMethods({
  world,
  read,
  write,
  nextId,
}: Signed): Pick<
  AccountApi,
  | 'findGroup'
  | 'listGroups'
  | 'createGroup'
  | 'deleteGroup'
  | 'listGroupPolicyArns'
  | 'listGroupInlinePolicyNames'
  | 'attachGroupPolicy'
  | 'detachGroupPolicy'
> {
  const group = (operation: string, name: string): FakeGroup => found(operation, world.groups, name)
  return {
    findGroup: (name) => read('GetGroup', () => world.groups.get(name.toLowerCase())),
    listGroups: () => read('ListGroups', () => [...world.groups.values()]),
    createGroup: (name) =>
      write('CreateGroup', () => {
        if (world.groups.has(name.toLowerCase())) throw refusal('CreateGroup', 'EntityAlreadyExists')
        const made = { name, id: nextId('AGPA'), userNames: [], policyArns: [], inline: [] }
        world.groups.set(name.toLowerCase(), made)
        return made
      }),
    deleteGroup: (name) =>
      write('DeleteGroup', () => {
        const { userNames, policyArns, inline } = group('DeleteGroup', name)
        if (userNames.length + policyArns.length + inline.length > 0) throw refusal('DeleteGroup', 'DeleteConflict')
        world.groups.delete(name.toLowerCase())
      }),
    listGroupPolicyArns: (name) =>
      read('ListAttachedGroupPolicies', () => group('ListAttachedGroupPolicies', name).policyArns),
    listGroupInlinePolicyNames: (name) => read('ListGroupPolicies', () => group('ListGroupPolicies', name).inline),
    attachGroupPolicy: (name, arn) =>
      write('AttachGroupPolicy', () => void group('AttachGroupPolicy', name).policyArns.push(arn)),
    detachGroupPolicy: (name, arn) =>
      write('DetachGroupPolicy', () => take(group('DetachGroupPolicy', name).policyArns, arn)),
  }
}

function userMethods({
  world,
  read,
  write,
}: Signed): Pick<
  AccountApi,
  | 'findUser'
  | 'createUser'
  | 'deleteUser'
  | 'listGroupsOfUser'
  | 'addUserToGroup'
  | 'removeUserFromGroup'
  | 'listOtherBelongings'
> {
  const groupsOf = (name: string): FakeGroup[] =>
    [...world.groups.values()].filter((each) => each.userNames.includes(name))
  return {
    findUser: (name) => read('GetUser', () => world.users.get(name.toLowerCase())),
    createUser: ({ name, path, tags }) =>
      write('CreateUser', () => {
        if (world.users.has(name.toLowerCase())) throw refusal('CreateUser', 'EntityAlreadyExists')
        const arn = `arn:aws:iam::${fakeAccountId}:user${path}${name}`
        const made = { name, path, tags, arn, password: undefined, isResetRequired: false, keys: [], others: [] }
        world.users.set(name.toLowerCase(), made)
        return made
      }),
    deleteUser: (name) =>
      write('DeleteUser', () => {
        const { keys, password, others } = found('DeleteUser', world.users, name)
        const isInUse = password !== undefined || keys.length + others.length + groupsOf(name).length > 0
        if (isInUse) throw refusal('DeleteUser', 'DeleteConflict')
        world.users.delete(name.toLowerCase())
      }),
    listGroupsOfUser: (name) =>
      read('ListGroupsForUser', () => groupsOf(found('ListGroupsForUser', world.users, name).name)),
    addUserToGroup: (name, groupName) =>
      write('AddUserToGroup', () => {
        const user = found('AddUserToGroup', world.users, name)
        found('AddUserToGroup', world.groups, groupName).userNames.push(user.name)
      }),
    removeUserFromGroup: (name, groupName) =>
      write('RemoveUserFromGroup', () => take(found('RemoveUserFromGroup', world.groups, groupName).userNames, name)),
    listOtherBelongings: (name) => read('ListUserPolicies', () => found('ListUserPolicies', world.users, name).others),
  }
}

function credentialMethods(
  { world, read, write, nextId }: Signed,
  signer: AccessKeyPair,
): Pick<
  AccountApi,
  | 'findPasswordPolicy'
  | 'hasRootAccessKey'
  | 'hasLoginProfile'
  | 'createLoginProfile'
  | 'deleteLoginProfile'
  | 'listAccessKeys'
  | 'createAccessKey'
  | 'deleteAccessKey'
  | 'deactivateAccessKey'
> {
  const user = (operation: string, name: string): FakeUser => found(operation, world.users, name)
  const keysOf = (operation: string, name?: string): FakeUser['keys'] => {
    if (name !== undefined) return user(operation, name).keys
    return arnOf(world, signer).endsWith(':root') ? world.rootKeys : []
  }
  return {
    findPasswordPolicy: () => read('GetAccountPasswordPolicy', () => world.passwordPolicy),
    hasRootAccessKey: () => read('GetAccountSummary', () => world.rootKeys.length > 0),
    hasLoginProfile: (name) => read('GetLoginProfile', () => user('GetLoginProfile', name).password !== undefined),
    createLoginProfile: (name, { password, isResetRequired }) =>
      write('CreateLoginProfile', () => {
        const owner = user('CreateLoginProfile', name)
        if (owner.password !== undefined) throw refusal('CreateLoginProfile', 'EntityAlreadyExists')
        Object.assign(owner, { password, isResetRequired })
      }),
    deleteLoginProfile: (name) =>
      write('DeleteLoginProfile', () => void Object.assign(user('DeleteLoginProfile', name), { password: undefined })),
    listAccessKeys: (name) => read('ListAccessKeys', () => [...keysOf('ListAccessKeys', name)]),
    createAccessKey: (name) =>
      write('CreateAccessKey', () => {
        const { keys } = user('CreateAccessKey', name)
        if (keys.length >= 2) throw refusal('CreateAccessKey', 'LimitExceeded')
        const key = { id: nextId('AKIA'), secret: nextId('secret/+'), isActive: true }
        keys.push(key)
        return key
      }),
    deleteAccessKey: (id, name) =>
      write('DeleteAccessKey', () => {
        const keys = keysOf('DeleteAccessKey', name)
        take(
          keys,
          keys.find((key) => key.id === id),
        )
      }),
    deactivateAccessKey: (id) =>
      write('UpdateAccessKey', () => {
        const keys = keysOf('UpdateAccessKey')
        const at = keys.findIndex((key) => key.id === id)
        const [key] = keys.slice(at, at + 1)
        if (key === undefined) throw refusal('UpdateAccessKey', 'NoSuchEntity')
        keys[at] = { ...key, isActive: false }
      }),
  }
}

// Names are the same whatever their case, as in IAM.
function found<T>(operation: string, things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name.toLowerCase())
  if (thing === undefined) throw refusal(operation, 'NoSuchEntity')
  return thing
}

function take<T>(from: T[], item: T | undefined): void {
  const at = item === undefined ? -1 : from.indexOf(item)
  if (at === -1) throw refusal('a removal', 'NoSuchEntity')
  from.splice(at, 1)
}
