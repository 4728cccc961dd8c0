/** One call and its whole answer: for what has to be set up, and to record what the limit is to answer. */
import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import type { FixedAnswer } from '../processes/limit-server.ts'
import { awsRequest, type Call, type Caller } from './aws-request.ts'

/** Sent by node with every answer of its own accord. */
const OF_NODE: readonly string[] = ['date', 'connection', 'keep-alive']

/** The answer; throws where its status is not 200. */
export async function send(call: Call, caller: Caller): Promise<FixedAnswer> {
  const { method, target, rawHeaders, body } = awsRequest(call, caller)
  const request = httpRequest({ host: '127.0.0.1', port: caller.port, method, path: target, headers: rawHeaders })
  request.end(body)
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response === undefined) throw new Error(`no answer to ${call.action}`)
  const answer = { status: response.statusCode ?? 0, rawHeaders: withoutNodes(response), body: await text(response) }
  if (answer.status !== 200) throw new Error(`${call.action} was answered with ${answer.status}: ${answer.body}`)
  return answer
}

/** The text of the first element or JSON member of that name; throws where the answer has none. */
export function member({ body }: FixedAnswer, name: string): string {
  const found = findMember(body, name)
  if (found === undefined) throw new Error(`no ${name} in ${body.slice(0, 500)}`)
  return found
}

export function findMember(body: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]
}

function withoutNodes({ rawHeaders }: IncomingMessage): string[] {
  const kept: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!OF_NODE.includes(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}
