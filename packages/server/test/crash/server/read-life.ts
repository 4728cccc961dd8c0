/** Reads of a life what the server shows of it, by signed calls. */
import type { Credentials } from '@iamd/sigv4'
import type { OperationName } from '@iamd/wire'
import type { WireInput } from '../../wire-call.ts'
import { INLINE_POLICY, type Learnt, type Life, type LifeState, policyArn } from './life.ts'
import { type SignedClient, textsIn } from './signed-client.ts'

export interface ReadOptions {
  readonly client: SignedClient
  readonly accountId: string
  /** What CreateAccessKey answered, where it did. */
  readonly key: Credentials | undefined
}

/** Throws when a read is answered with anything but what is asked for or NoSuchEntity. */
export async function readLife(life: Life, { client, accountId, key }: ReadOptions): Promise<LifeState> {
  const { names } = life
  const learnt: Learnt = { accountId, accessKeyId: '' }
  const read = (name: OperationName, input: WireInput): Promise<string> => readOne(client, name, input)
  const users = [await read('GetUser', { UserName: names.user }), await read('GetUser', { UserName: names.renamed })]
  const [UserName = names.user] = users.flatMap((xml) => textsIn(xml, 'UserName'))
  const ofUser = (name: OperationName, more: WireInput = {}): Promise<string> => read(name, { UserName, ...more })
  const ofPolicy = (name: OperationName): Promise<string> => read(name, { PolicyArn: policyArn(learnt, names) })
  const status = textsIn(await ofUser('ListAccessKeys'), 'Status').join(' ')
  const group = await read('GetGroup', { GroupName: names.group })
  return {
    user: users
      .map((xml) => textsIn(xml, 'Path').join('') + textsIn(xml, 'UserName').join(''))
      .filter(Boolean)
      .join(' '),
    tags: pairsIn(await ofUser('ListUserTags'), 'Key', 'Value')
      .map((pair) => pair.join('='))
      .toSorted()
      .join(' '),
    inline: textsIn(await ofUser('GetUserPolicy', { PolicyName: INLINE_POLICY }), 'PolicyName').join(' '),
    attached: textsIn(await ofUser('ListAttachedUserPolicies'), 'PolicyName').join(' '),
    key: key === undefined ? status : await provenStatus(client, status, key),
    password: textsIn(await ofUser('GetLoginProfile'), 'UserName').length > 0 ? 'yes' : '',
    group: textsIn(group, 'GroupName').join(' '),
    members: textsIn(group, 'UserName').join(' '),
    groups: textsIn(await ofUser('ListGroupsForUser'), 'GroupName').join(' '),
    policy: pairsIn(await ofPolicy('ListPolicyVersions'), 'VersionId', 'IsDefaultVersion')
      .map(([version, isDefault]) => `${version}${isDefault === 'true' ? '*' : ''}`)
      .toSorted()
      .join(' '),
    attachments: textsIn(await ofPolicy('GetPolicy'), 'AttachmentCount').join(' '),
  }
}

/** The answer, or an empty text for what is not there. */
async function readOne(client: SignedClient, name: OperationName, input: WireInput): Promise<string> {
  const { status, body } = await client.call(name, input)
  if (status === 200) return body
  if (body.includes('<Code>NoSuchEntity</Code>')) return ''
  throw new Error(`${name} ${JSON.stringify(input)} was answered with ${status}: ${body}`)
}

/** The status that the account tells, with what is wrong where the key itself is answered otherwise. */
async function provenStatus(client: SignedClient, status: string, key: Credentials): Promise<string> {
  const { status: answered } = await client.call('GetCallerIdentity', {}, key)
  return (answered === 200) === (status === 'Active') ? status : `${status}, but the key is answered with ${answered}`
}

function pairsIn(xml: string, first: string, second: string): (readonly [string, string | undefined])[] {
  const seconds = textsIn(xml, second)
  return textsIn(xml, first).map((text, at) => [text, seconds[at]] as const)
}
