/** The account that the calls are made in: users in a number that can be told, and a caller whose permissions come from a policy. */
import { hash } from 'node:crypto'
import type { Credentials } from '@iamd/sigv4'
import { runLoad } from '../measures/run-load.ts'
import { awsRequest, type Call, type Caller, requestText } from './aws-request.ts'
import { findMember, member, send } from './send.ts'

export interface BenchAccount {
  /** In iamd an administrator by a group's policy, so that each call is decided by the policy engine. */
  readonly caller: Caller
  /** Names in the order in which they were made. */
  readonly userNames: readonly string[]
  readonly seed: string
}

const ADMINISTRATOR = 'bench-admin'
const GROUP = 'Administrators'
/** AWS's own is 5,000, which CreateUser at full speed reaches in a second. */
const USERS_QUOTA = 1_000_000
export const CONNECTIONS = 64

export interface Filling {
  readonly users: number
  readonly seed: string
  /** The caller is an administrator by policy, and the quota of users is raised; a server that decides nothing needs neither. */
  readonly isGoverned: boolean
}

/** The group, its policy, the administrator and the users, all made by calls of `root`. */
export async function fillAccount(root: Caller, { users, seed, isGoverned }: Filling): Promise<BenchAccount> {
  const credentials = isGoverned ? await createAdministrator(root) : root.credentials
  const caller = { port: root.port, credentials }
  const userNames = newUserNames(users, `${seed}-member`)
  const result = await runLoad({
    port: root.port,
    connections: CONNECTIONS,
    seconds: 600,
    warmUpSeconds: 0,
    requests: createUserRequests(caller, userNames),
    once: true,
  })
  if (result.failures > 0) throw new Error(`users could not be created: ${result.firstFailure}`)
  return { caller, userNames, seed }
}

/** The same account after its server has started again elsewhere. */
export function atPort(account: BenchAccount, port: number): BenchAccount {
  return { ...account, caller: { ...account.caller, port } }
}

/** Each with its own name; nothing about a name says when it was made, so that they do not arrive in the order of an index. */
export function newUserNames(count: number, seed: string): string[] {
  return Array.from({ length: count }, (_, index) => `user-${hash('sha256', `${seed}/${index}`).slice(0, 20)}`)
}

export function createUserRequests(caller: Caller, userNames: readonly string[]): string[] {
  return userNames.map((UserName) => text({ service: 'iam', action: 'CreateUser', parameters: { UserName } }, caller))
}

export function getCallerIdentityRequests({ caller }: BenchAccount): string[] {
  return [text({ service: 'sts', action: 'GetCallerIdentity' }, caller)]
}

/** Of a thousand users in no order. */
export function getUserRequests({ caller, userNames, seed }: BenchAccount): string[] {
  return Array.from({ length: 1000 }, (_, index) => {
    const at = Number.parseInt(hash('sha256', `${seed}/get/${index}`).slice(0, 8), 16) % userNames.length
    return text({ service: 'iam', action: 'GetUser', parameters: { UserName: userNames[at] } }, caller)
  })
}

/** Every page of 100 of the account's users, found by walking them once. */
export async function listUsersRequests({ caller }: BenchAccount): Promise<string[]> {
  const requests: string[] = []
  let marker: string | undefined
  do {
    const call = {
      service: 'iam',
      action: 'ListUsers',
      parameters: { MaxItems: 100, ...(marker && { Marker: marker }) },
    } as const
    requests.push(text(call, caller))
    const { body } = await send(call, caller)
    marker = findMember(body, 'Marker')
  } while (marker !== undefined)
  // The last page may hold fewer; a server that does not cut has one page.
  return requests.length > 1 ? requests.slice(0, -1) : requests
}

async function createAdministrator(root: Caller): Promise<Credentials> {
  const iam = (action: string, parameters: Call['parameters'] = {}) =>
    send({ service: 'iam', action, parameters }, root)
  const Quotas = [{ Name: 'UsersQuota', Value: USERS_QUOTA }]
  await send({ service: 'iamd', action: 'PutAccountQuotas', parameters: { Quotas } }, root)
  await iam('CreateGroup', { GroupName: GROUP })
  await iam('AttachGroupPolicy', { GroupName: GROUP, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
  await iam('CreateUser', { UserName: ADMINISTRATOR })
  await iam('AddUserToGroup', { GroupName: GROUP, UserName: ADMINISTRATOR })
  const answer = await iam('CreateAccessKey', { UserName: ADMINISTRATOR })
  return { accessKeyId: member(answer, 'AccessKeyId'), secretAccessKey: member(answer, 'SecretAccessKey') }
}

function text(call: Call, caller: Caller): string {
  return requestText(awsRequest(call, caller))
}
