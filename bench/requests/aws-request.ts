/** Signed requests to an AWS API, in the form in which the AWS CLI sends them. */
import { type Credentials, type HttpRequest, sign } from '@iamd/sigv4'

export interface Call {
  readonly service: 'iam' | 'sts' | 'iamd'
  readonly action: string
  /** Of awsQuery calls: the parameters; of a call to iamd's own service: the input. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface Caller {
  readonly port: number
  readonly credentials: Credentials
}

const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

/** Good for 15 minutes from now, as every signature is. */
export function awsRequest(call: Call, { port, credentials }: Caller): HttpRequest {
  const { contentType, body, target } =
    call.service === 'iamd' ? jsonBody(call) : queryBody(call, versions[call.service])
  const rawHeaders = [
    'Host',
    `127.0.0.1:${port}`,
    'Accept-Encoding',
    'identity',
    'Content-Type',
    contentType,
    'User-Agent',
    'aws-cli/1.45.0 md/Botocore#1.43.0 ua/2.1 os/linux lang/python#3.12 md/pyimpl#CPython cfg/retry-mode#legacy botocore/1.43.0',
    'Content-Length',
    String(body.length),
    ...target,
  ]
  const options = { service: { service: call.service }, region: 'us-east-1', now: new Date() }
  return sign({ method: 'POST', target: '/', rawHeaders, body }, credentials, options)
}

/** The bytes of the request; bodies here are ASCII. */
export function requestText({ method, target, rawHeaders, body }: HttpRequest): string {
  const lines: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${Buffer.from(body).toString('latin1')}`
}

interface Body {
  readonly contentType: string
  readonly body: Buffer
  readonly target: readonly string[]
}

function queryBody({ action, parameters = {} }: Call, version: string): Body {
  const form = new URLSearchParams({ Action: action, Version: version })
  for (const [name, value] of Object.entries(parameters)) form.set(name, String(value))
  const contentType = 'application/x-www-form-urlencoded; charset=utf-8'
  return { contentType, body: Buffer.from(form.toString()), target: [] }
}

function jsonBody({ action, parameters = {} }: Call): Body {
  return {
    contentType: 'application/x-amz-json-1.1',
    body: Buffer.from(JSON.stringify(parameters)),
    target: ['X-Amz-Target', `Iamd.${action}`],
  }
}
