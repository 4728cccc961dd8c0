/** Calls as bytes, without a client: for tests that go over every operation, or that send what no client would. */
import assert from 'node:assert/strict'
import type { HttpRequest } from '@iamd/sigv4'
import { type OperationModel, services } from '@iamd/wire'
import type { Answer } from '../src/stages/encode.ts'

/** A value of an operation's input. */
export type WireValue = string | number | boolean | readonly WireValue[] | { readonly [member: string]: WireValue }
export type WireInput = Readonly<Record<string, WireValue>>

/** The call as clients send it, without a signature: a form for awsQuery, JSON for awsJson. */
export function postCall(model: OperationModel, input: WireInput): HttpRequest {
  const service = services.get(model.service)
  assert(service !== undefined)
  if (service.protocol === 'awsQuery') {
    return post(callParameters(model, input), ['Content-Type', 'application/x-www-form-urlencoded'])
  }
  const target = ['X-Amz-Target', `${service.targetPrefix}.${model.name}`]
  return post(JSON.stringify(input), ['Content-Type', 'application/x-amz-json-1.1', ...target])
}

/** The same call with its parameters in the query string; awsQuery only. */
export function getCall(model: OperationModel, input: WireInput): HttpRequest {
  const rawHeaders = ['Host', 'localhost:4263']
  return { method: 'GET', target: `/?${callParameters(model, input)}`, rawHeaders, body: new Uint8Array() }
}

/** A POST of these bytes. */
export function post(body: string | Uint8Array, headers: readonly string[]): HttpRequest {
  const bytes = Buffer.from(body)
  const rawHeaders = ['Host', 'localhost:4263', 'Content-Length', String(bytes.length), ...headers]
  return { method: 'POST', target: '/', rawHeaders, body: bytes }
}

/** `Action`, `Version` and the input, as awsQuery writes them: lists as `Name.member.1`, structures as `Name.Member`. */
export function callParameters(model: OperationModel, input: WireInput): string {
  const version = services.get(model.service)?.version ?? ''
  const parameters = [['Action', model.name], ['Version', version], ...flatten('', input)]
  // The encoding of forms, which URLSearchParams has, writes a space as `+`; signatures want `%20` in a query.
  return parameters.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
}

function flatten(name: string, value: WireValue): [string, string][] {
  if (typeof value !== 'object') return [[name, String(value)]]
  const parts: [string, WireValue][] = Array.isArray(value)
    ? value.map((element, at) => [`member.${at + 1}`, element])
    : Object.entries(value)
  return parts.flatMap(([part, inner]) => flatten(name === '' ? part : `${name}.${part}`, inner))
}

/** What an error answer says, whatever its protocol; `code` is empty for a success. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export function refusalOf({ status, body, contentType }: Pick<Answer, 'status' | 'body' | 'contentType'>): Refusal {
  if (status === 200) return { status, code: '', message: '' }
  if (contentType.includes('json')) {
    const { __type: code, message = '' }: { __type: string; message?: string } = JSON.parse(body)
    return { status, code, message }
  }
  return { status, code: element(body, 'Code'), message: element(body, 'Message') }
}

function element(xml: string, name: string): string {
  const [, text = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? []
  return text.replaceAll(/&#?\w+;/g, (escape) => character(escape))
}

function character(escape: string): string {
  const [, hex, decimal] = /^&#(?:x([0-9A-Fa-f]+)|(\d+));$/.exec(escape) ?? []
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
  if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
  return NAMED_CHARACTERS.get(escape) ?? escape
}

const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
  ['&apos;', "'"],
])
