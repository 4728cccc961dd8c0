/**
 * A world for one test: a whole server without a socket, with a clock that stands still and an account with a root user.
 *
 * Tests talk to it as any client does: the AWS SDK builds the request, it is signed, its bytes go through the pipeline, and
 * the SDK reads the bytes that come back.
 */
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam'
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts'
import { sign } from '@iamd/sigv4'
import { accessKeyPlace } from '../src/account/access-key-place.ts'
import type { AccountReader, AccountWriter } from '../src/account/account-tables.ts'
import { newAccessKeyId, newSecretAccessKey, newUniqueId } from '../src/account/ids.ts'
import { createAccount } from '../src/account/new-account.ts'
import type { Activity } from '../src/activity/activity.ts'
import { createMemoryActivity } from '../src/activity/memory.ts'
import { PrincipalPolicySource } from '../src/authority/principal-policies.ts'
import type { Journal } from '../src/journal/journal.ts'
import { createMemoryJournal } from '../src/journal/memory.ts'
import { Ledger } from '../src/ledger/ledger.ts'
import type { Draft } from '../src/ledger/overlay.ts'
import { Pipeline } from '../src/pipeline.ts'
import type { Denial } from '../src/stages/authorize.ts'
import type { Answer } from '../src/stages/encode.ts'
import { createMemoryVault } from '../src/vault/create-vault.ts'
import type { Vault } from '../src/vault/vault.ts'
import { refusalOf } from './wire-call.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** A statement of an identity policy. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface WorldOptions {
  readonly journal?: Journal
  readonly mode?: 'enforce' | 'soft'
  /** Another than the server's own: for faults that nothing else can bring about. */
  readonly policies?: Pick<PrincipalPolicySource, 'policiesOf'>
  /** What an operator would be told of; without it that fails the test. */
  readonly alarms?: string[]
}

export interface RawRequest {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
}

export const NOON: Date = new Date('2026-11-22T12:00:00Z')

export class World {
  /** What the server takes for the time; tests may set it. */
  now: Date = NOON
  readonly accountId: string = '123456789012'
  readonly root: Credentials
  readonly ledger: Ledger
  readonly pipeline: Pipeline
  readonly activity: Activity = createMemoryActivity()
  readonly vault: Vault = worldVault
  readonly denials: Denial[] = []
  /** What the server took for a bug of its own; a test that meets one fails when it ends. */
  readonly bugs: unknown[] = []
  /** The ids of the requests that met one. */
  readonly bugRequestIds: string[] = []

  private constructor(
    ledger: Ledger,
    root: Credentials,
    { mode, policies }: Required<Pick<WorldOptions, 'mode' | 'policies'>>,
  ) {
    this.ledger = ledger
    this.root = root
    this.pipeline = new Pipeline({
      ledger,
      mode,
      activity: this.activity,
      vault: worldVault,
      policies,
      now: () => this.now,
      onDenied: (denial) => this.denials.push(denial),
      onUnreadable: (error) => this.bugs.push(error),
      onBug: (error, requestId) => {
        this.bugs.push(error)
        this.bugRequestIds.push(requestId)
      },
    })
  }

  static async create(options: WorldOptions = {}): Promise<World> {
    const { journal = createMemoryJournal(), mode = 'enforce', policies = new PrincipalPolicySource() } = options
    const alarm = (message: string, detail: object): void => {
      if (options.alarms === undefined) throw new Error(`${message}: ${JSON.stringify(detail)}`)
      options.alarms.push(message)
    }
    const clock = { now: () => NOON }
    const ledger = await Ledger.open({ journal, now: () => clock.now(), newId: randomUUID, alarm })
    const root = {
      accessKeyId: newAccessKeyId('AKIA', '123456789012', seededBytes('root key')),
      secretAccessKey: newSecretAccessKey(seededBytes('root secret')),
    }
    const world = new World(ledger, root, { mode, policies })
    clock.now = () => world.now
    // With the journal of another world this one is a second node of the same installation.
    if (ledger.images.account(world.accountId) === undefined) await world.createAccount(world.accountId, root)
    return world
  }

  async createAccount(accountId: string, rootKey: Credentials): Promise<void> {
    await this.ledger.write({
      requestId: randomUUID(),
      action: 'iamd:CreateAccount',
      origin: { caller: 'iamd:operator', sourceIp: '127.0.0.1', userAgent: 'test' },
      attempt: (draft, now) => {
        const account = draft.createAccount(accountId).tables
        const { tables: directory } = draft.directory
        const rootEmail = `root-${accountId}@example.com`
        createAccount(
          { accountId, rootEmail, rootKey, rootPasswordHash: undefined },
          { account, directory, vault: worldVault, now },
        )
      },
    })
  }

  /**
   * Makes a user with an access key and, when there are statements, an inline policy of them. It goes around the operations, so
   * that a test of one does not need the others.
   */
  async createUser(name: string, ...statements: readonly Statement[]): Promise<Credentials> {
    const id = userIdOf(name)
    const accessKeyId = newAccessKeyId('AKIA', this.accountId, seededBytes(`key of ${name}`))
    const secretAccessKey = newSecretAccessKey(seededBytes(`secret of ${name}`))
    const sealedSecret = worldVault.seal(accessKeyPlace(this.accountId, accessKeyId), secretAccessKey)
    await this.change((account, now) => {
      const createdAt = now.toISOString()
      account.users.put({ id, name, path: '/', createdAt, tags: [] })
      account.accessKeys.put({ id: accessKeyId, ownerId: id, status: 'Active', createdAt, sealedSecret })
      if (statements.length === 0) return
      const document = JSON.stringify({ Version: '2012-10-17', Statement: statements })
      account.inlinePolicies.put({ ownerId: id, name: 'granted', document })
    })
    return { accessKeyId, secretAccessKey }
  }

  /** Changes the account's records without an operation: for what no operation can make, or none should be needed for. */
  async change(attempt: (account: AccountWriter, now: Date) => void): Promise<void> {
    await this.ledger.write({
      requestId: randomUUID(),
      action: 'iamd:Test',
      origin: { caller: 'iamd:operator', sourceIp: '127.0.0.1', userAgent: 'test' },
      attempt: (draft, now) => attempt(accountIn(draft, this.accountId), now),
    })
  }

  /** The account's records as they are published. */
  get account(): AccountReader {
    return accountIn(this.ledger.images, this.accountId)
  }

  /** A client with these credentials; the root user's when none are given. */
  iam(credentials: Credentials = this.root): IAMClient {
    return new IAMClient(this.#client(credentials, 'iam'))
  }

  sts(credentials: Credentials = this.root): STSClient {
    return new STSClient(this.#client(credentials, 'sts'))
  }

  /** Calls one of iamd's own operations, which no client has: the JSON that it answers, or an error whose name is the code. */
  async iamd(operation: string, input: object, credentials: Credentials = this.root): Promise<unknown> {
    const headers = ['content-type', 'application/x-amz-json-1.1', 'x-amz-target', `Iamd.${operation}`]
    const body = Buffer.from(JSON.stringify(input))
    const unsigned = { method: 'POST', target: '/', rawHeaders: ['host', 'localhost:4263', ...headers], body }
    const answer = await this.#sendSigned(unsigned, credentials, 'iamd')
    const said: unknown = JSON.parse(answer.body)
    if (answer.status === 200) return said
    const { code, message } = refusalOf(answer)
    throw Object.assign(new Error(message), { name: code })
  }

  /** Sends bytes as they are: for requests that no client would make. */
  async send(request: RawRequest): Promise<Answer> {
    return this.pipeline.answer({
      ...request,
      requestId: randomUUID(),
      sourceIp: '192.0.2.10',
      isSecureTransport: true,
    })
  }

  #client(credentials: Credentials, service: 'iam' | 'sts'): IAMClientConfig & STSClientConfig {
    return {
      region: 'us-east-1',
      endpoint: 'http://localhost:4263',
      credentials,
      maxAttempts: 1,
      // The SDK would sign with the time of day; the transport signs with the world's.
      signer: { sign: (request) => Promise.resolve(request) },
      requestHandler: { handle: (request: SdkRequest) => this.#transport(request, credentials, service) },
    }
  }

  async #transport(request: SdkRequest, credentials: Credentials, service: string): Promise<{ response: SdkResponse }> {
    const unsigned = {
      method: request.method,
      target: request.path,
      rawHeaders: Object.entries(request.headers).flat(),
      body: Buffer.from(request.body ?? ''),
    }
    const answer = await this.#sendSigned(unsigned, credentials, service)
    const headers = { 'content-type': answer.contentType, 'x-amzn-requestid': answer.requestId }
    return { response: { statusCode: answer.status, headers, body: Buffer.from(answer.body) } }
  }

  async #sendSigned(unsigned: RawRequest, credentials: Credentials, service: string): Promise<Answer> {
    const answer = await this.send(
      sign(unsigned, credentials, { service: { service }, region: 'us-east-1', now: this.now }),
    )
    assert.deepEqual(this.bugs, [], 'the server met a bug of its own')
    return answer
  }
}

/** What the SDK hands to a transport. */
interface SdkRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

interface SdkResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

const worldVault = createMemoryVault()

/** The tables of the account in the published images, or in a draft of them. */
function accountIn(images: Pick<Draft, 'account'>, accountId: string): AccountWriter {
  const image = images.account(accountId)
  assert(image !== undefined, `no account ${accountId}`)
  return image.tables
}

/** The unique id of a user that `World.createUser` makes, or will make. */
export function userIdOf(name: string): string {
  return newUniqueId('AIDA', seededBytes(`user ${name}`))
}

/** Bytes that are the same in every run. */
export function seededBytes(seed: string): (length: number) => Uint8Array {
  let turn = 0
  return (length) => {
    turn += 1
    return createHash('shake256', { outputLength: length }).update(`${seed} ${turn}`).digest()
  }
}
