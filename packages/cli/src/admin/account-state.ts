import { Failure } from '../failure.ts'
import type {
  AccessKeyStatus,
  AccountApi,
  Caller,
  GroupRecord,
  PasswordPolicy,
  UserRecord,
} from '../account/account-api.ts'
import type { AdminRequest } from './admin-request.ts'

/** What is in the account, as far as the command is concerned. */
export type AccountState = {
  readonly caller: Caller
  readonly alias: string | undefined
  /** The ARN of AdministratorAccess in the caller's partition. */
  readonly policyArn: string
  readonly group: (GroupRecord & { readonly policyArns: readonly string[] }) | undefined
  readonly user: UserState | undefined
  readonly passwordPolicy: PasswordPolicy | undefined
  /** The root user's access keys if the caller is root and they are to be locked; else undefined. */
  readonly rootKeys: readonly AccessKeyStatus[] | undefined
}

export type UserState = UserRecord & {
  readonly groupNames: readonly string[]
  readonly hasPassword: boolean
  readonly accessKeys: readonly AccessKeyStatus[]
}

/** Reads the state that a plan starts from. Fails if the root key is to be locked and the caller could not. */
export async function readAccountState(api: AccountApi, request: AdminRequest): Promise<AccountState> {
  const caller = await api.getCaller()
  const rootKeys = request.rootLock === undefined ? undefined : await readRootKeys(api, caller)
  const [alias, group, user, passwordPolicy] = await Promise.all([
    api.findAlias(),
    readGroup(api, request.groupName),
    readUser(api, request.userName),
    request.wantsConsole ? api.findPasswordPolicy() : undefined,
  ])
  return { caller, alias, policyArn: administratorPolicyArn(caller), group, user, passwordPolicy, rootKeys }
}

/** True for the account's root user. */
export function isRoot({ arn }: Caller): boolean {
  return arn.endsWith(':root')
}

/** The ARN of AdministratorAccess; only its partition differs. */
export function administratorPolicyArn({ arn }: Caller): string {
  return `arn:${arn.split(':')[1] ?? 'aws'}:iam::aws:policy/AdministratorAccess`
}

async function readGroup(api: AccountApi, name: string): Promise<AccountState['group']> {
  const group = await api.findGroup(name)
  return group === undefined ? undefined : { ...group, policyArns: await api.listGroupPolicyArns(group.name) }
}

async function readUser(api: AccountApi, name: string): Promise<UserState | undefined> {
  const user = await api.findUser(name)
  if (user === undefined) return undefined
  const [groups, hasPassword, accessKeys] = await Promise.all([
    api.listGroupsOfUser(user.name),
    api.hasLoginProfile(user.name),
    api.listAccessKeys(user.name),
  ])
  return { ...user, groupNames: groups.map((group) => group.name), hasPassword, accessKeys }
}

// Only root itself can list its keys: ListAccessKeys without a user name answers those of whoever signs.
async function readRootKeys(api: AccountApi, caller: Caller): Promise<readonly AccessKeyStatus[]> {
  if (isRoot(caller)) return api.listAccessKeys()
  if (!(await api.hasRootAccessKey())) return []
  throw new Failure(`\`--lock-root\` needs the root user's own access key, and the caller is \`${caller.arn}\``, {
    remedy: 'name the profile that holds it with `--profile`, or leave `--lock-root` out',
  })
}
