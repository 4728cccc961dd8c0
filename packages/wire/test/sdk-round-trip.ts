/**
 * One call through the real AWS SDK without a socket: the SDK serialises the request, we decode it; we encode an answer, the SDK reads it.
 */
import { inspect, isDeepStrictEqual } from 'node:util'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import {
  decodeQuery,
  encodeFault,
  encodeResult,
  type EncodedAnswer,
  type Fault,
  type OperationModel,
  parseForm,
  validate,
} from '../src/index.ts'

/** Sends `input` and answers with `output`, both through the SDK; gives one sentence for each difference (none, if all is well). */
export async function roundTrip(operation: OperationModel, input: object, output: object): Promise<string[]> {
  const differences: string[] = []
  try {
    const answer = await call(operation, input, (body) => {
      const decoded = decodeQuery(operation, parseForm(Buffer.from(body)))
      compare('input', { sent: input, read: decoded }, differences)
      validate(operation, decoded)
      return encodeResult(operation, output, 'request-1')
    })
    const { $metadata: _metadata, ...read } = Object.fromEntries(Object.entries(answer))
    compare('output', { sent: output, read }, differences)
  } catch (error) {
    differences.push(`${String(error)} for the input ${inspect(input, full)}`)
  }
  return differences.map((difference) => `${operation.name}: ${difference}`)
}

/** What the SDK throws when the service answers a fault. */
export async function receiveFault(operation: OperationModel, input: object, fault: Fault): Promise<unknown> {
  try {
    await call(operation, input, () => encodeFault(operation.service, fault, 'request-1'))
  } catch (error) {
    return error
  }
  throw new Error(`the SDK took a fault of ${operation.name} for an answer`)
}

/** The SDK's client of a service, and what it exports: commands and exceptions. */
const sdk = {
  iam: { exports: iam, Client: iam.IAMClient },
  sts: { exports: sts, Client: sts.STSClient },
}

/** The name of the SDK's exception for an error code: that of the error whose schema has the code, else the code itself. */
export function exceptionName(operation: OperationModel, code: string): string {
  if (operation.service === 'iamd') return code
  const schemas: unknown[] = Object.values(sdk[operation.service].exports)
  for (const schema of schemas) {
    if (!Array.isArray(schema) || schema[0] !== -3) continue
    const [, , name, traits]: readonly unknown[] = schema
    const codes: unknown = Reflect.get(Object(traits), 'awsQueryError')
    if (Array.isArray(codes) && codes[0] === code) return String(name)
  }
  return code
}

/** What the SDK exports of a service under a name. */
function exportOf(operation: OperationModel, name: string): unknown {
  return operation.service === 'iamd' ? undefined : Reflect.get(sdk[operation.service].exports, name)
}

async function call(operation: OperationModel, input: object, serve: (body: string) => EncodedAnswer): Promise<object> {
  const Command = exportOf(operation, `${operation.name}Command`)
  if (operation.service === 'iamd' || typeof Command !== 'function') throw new Error(`the SDK has no ${operation.name}`)
  const client: Sender = new sdk[operation.service].Client({
    endpoint: 'http://localhost',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: (request: SdkRequest) => Promise.resolve({ response: respond(serve(String(request.body))) }),
    },
  })
  const answer = await client.send(Reflect.construct(Command, [structuredClone(input)]))
  if (typeof answer !== 'object' || answer === null) throw new Error(`the SDK gave no answer to ${operation.name}`)
  return answer
}

interface Sender {
  send(command: unknown): Promise<unknown>
}

function respond({ status, contentType, body }: EncodedAnswer): SdkResponse {
  return { statusCode: status, headers: { 'content-type': contentType }, body: Buffer.from(body) }
}

interface SdkRequest {
  readonly body?: unknown
}

interface SdkResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

function compare(what: string, { sent, read }: { sent: unknown; read: unknown }, differences: string[]): void {
  const [left, right] = [plain(sent), plain(read)]
  if (!isDeepStrictEqual(left, right))
    differences.push(`${what} differs: ${inspect(left, full)} became ${inspect(right, full)}`)
}

const full = { depth: null, breakLength: 160 }

/** A value without what is not compared: the prototypes of records, absent members, the class of bytes. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  const present = Object.entries(value).filter(([, member]) => member !== undefined)
  return new Map(present.map(([name, member]) => [name, plain(member)]))
}
