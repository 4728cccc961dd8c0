// Changes of a signed request: one bit, one byte, or one part of it.
import { readPresented } from '../src/read-presented.ts'
import type { HttpRequest } from '../src/http-request.ts'
import { SIGNED_BASES } from './signed-bases.ts'
import { signatureCoverage } from './signature-coverage.ts'
import { check } from './world.ts'

/** Numbers from 0 to `limit - 1`, the same for the same seed (mulberry32). */
export type Draw = (limit: number) => number

interface Base {
  readonly name: string
  readonly request: HttpRequest
  readonly signedNames: readonly string[]
  readonly coverage: string
}

const BASES: readonly Base[] = SIGNED_BASES.map(({ name, request }) => {
  const presented = readPresented(request)
  if (presented.kind === 'unsigned') throw new Error(`the base \`${name}\` is not signed`)
  const signedNames = presented.signedHeaders
  return { name, request, signedNames, coverage: signatureCoverage(request, signedNames) }
})
const BENIGN_DRAWS_MAX = 1000

/** What a campaign found: how many requests that differ in what the signature covers, and which of them were accepted. */
export interface CampaignResult {
  readonly tried: number
  readonly benign: number
  readonly accepted: readonly string[]
}

/** Mutates and checks `count` requests; benign mutations are drawn again and counted apart. */
export function runCampaign(count: number, seed: number): CampaignResult {
  const draw = drawing(seed)
  const accepted: string[] = []
  let benign = 0
  for (let tried = 0; tried < count; tried += 1) {
    const base = pick(BASES, draw)
    let mutated = mutate(base.request, draw)
    for (let draws = 1; signatureCoverage(mutated, base.signedNames) === base.coverage; draws += 1) {
      if (draws > BENIGN_DRAWS_MAX) throw new Error(`only benign mutations of the base \`${base.name}\``)
      benign += 1
      mutated = mutate(base.request, draw)
    }
    if (isAccepted(mutated)) accepted.push(`${base.name}: ${describe(mutated)}`)
  }
  return { tried: count, benign, accepted }
}

/** Whether a request counts as authenticated: without a signature it does not. */
export function isAccepted(request: HttpRequest): boolean {
  try {
    return check(request).kind === 'signed'
  } catch {
    return false
  }
}

/** A source of numbers for a seed. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

function mutate(request: HttpRequest, draw: Draw): HttpRequest {
  if (draw(8) === 0) return pick(STRUCTURAL, draw)(request, draw)
  const part = pick(partsOf(request), draw)
  return part.replaced(pick(BYTE_CHANGES, draw)(part.text, draw))
}

interface Part {
  readonly text: string
  readonly replaced: (text: string) => HttpRequest
}

// Each part as often as the next, so that the method and the names are reached as well as the long values.
function partsOf(request: HttpRequest): readonly Part[] {
  const body = Buffer.from(request.body).toString('latin1')
  return [
    { text: request.method, replaced: (method) => ({ ...request, method }) },
    { text: request.target, replaced: (target) => ({ ...request, target }) },
    { text: request.target, replaced: (target) => ({ ...request, target }) },
    { text: body, replaced: (text) => ({ ...request, body: Buffer.from(text, 'latin1') }) },
    ...request.rawHeaders.map((text, at) => ({ text, replaced: (changed: string) => withText(request, at, changed) })),
  ]
}

function withText(request: HttpRequest, at: number, changed: string): HttpRequest {
  return { ...request, rawHeaders: request.rawHeaders.with(at, changed) }
}

const byte = (draw: Draw): string => String.fromCharCode(draw(256))

const BYTE_CHANGES: readonly ((text: string, draw: Draw) => string)[] = [
  flipBit,
  flipBit,
  (text, draw) => spliced(text, { at: draw(text.length + 1), removed: 1, inserted: byte(draw) }),
  (text, draw) => spliced(text, { at: draw(text.length + 1), removed: 0, inserted: byte(draw) }),
  (text, draw) => spliced(text, { at: draw(text.length + 1), removed: 1, inserted: '' }),
  (text, draw) => {
    const at = draw(text.length + 1)
    return spliced(text, { at, removed: 0, inserted: text.slice(at, at + 1 + draw(8)) })
  },
  (text, draw) => {
    const at = draw(text.length + 1)
    return spliced(text, { at, removed: 2, inserted: `${text[at + 1] ?? ''}${text[at] ?? ''}` })
  },
]

function flipBit(text: string, draw: Draw): string {
  if (text.length === 0) return text
  const at = draw(text.length)
  return spliced(text, { at, removed: 1, inserted: String.fromCharCode(text.charCodeAt(at) ^ (1 << draw(8))) })
}

function spliced(
  text: string,
  change: { readonly at: number; readonly removed: number; readonly inserted: string },
): string {
  return text.slice(0, change.at) + change.inserted + text.slice(change.at + change.removed)
}

const STRUCTURAL: readonly ((request: HttpRequest, draw: Draw) => HttpRequest)[] = [
  (request, draw) => withoutPair(request, 2 * draw(request.rawHeaders.length / 2)),
  (request, draw) => {
    const at = 2 * draw(request.rawHeaders.length / 2)
    const rawHeaders = request.rawHeaders.toSpliced(
      at,
      0,
      request.rawHeaders[at] ?? '',
      request.rawHeaders[at + 1] ?? '',
    )
    return { ...request, rawHeaders }
  },
  (request, draw) => {
    const [left, right] = [2 * draw(request.rawHeaders.length / 2) + 1, 2 * draw(request.rawHeaders.length / 2) + 1]
    return withText(withText(request, left, request.rawHeaders[right] ?? ''), right, request.rawHeaders[left] ?? '')
  },
  (request, draw) =>
    adding(request, pick(['X-Amz-Meta-A', 'X-Amz-Security-Token', 'X-Amz-Target', 'Host', 'Authorization'], draw)),
  (request, draw) => {
    const added = pick(['Action=DeleteUser', 'X-Amz-Security-Token=a', 'X-Amz-Expires=604800', 'a', '=', '%00'], draw)
    return { ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}${added}` }
  },
  (request, draw) => {
    const parts = request.target.split('&')
    return { ...request, target: parts.toSpliced(draw(parts.length), 1).join('&') }
  },
  (request, draw) => {
    const parts = request.target.split('&')
    const at = draw(parts.length)
    return { ...request, target: parts.toSpliced(at, 0, parts[at] ?? '').join('&') }
  },
  (request, draw) => ({ ...request, method: pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'get'], draw) }),
  (request) => ({ ...request, body: Buffer.alloc(0) }),
  (request, draw) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(byte(draw), 'latin1')]) }),
  (request, draw) => ({ ...pick(BASES, draw).request, body: request.body, target: request.target }),
  (request, draw) => ({ ...request, rawHeaders: pick(BASES, draw).request.rawHeaders }),
  // The signature list without one of its names, in whichever place it stands.
  (request, draw) => {
    const without = (text: string): string => {
      const names = /SignedHeaders=([a-z0-9;%-]+)/i.exec(text)?.[1]?.split(/;|%3B/) ?? []
      const kept = names.toSpliced(draw(Math.max(names.length, 1)), 1)
      return text.replace(names.join(';'), kept.join(';')).replace(names.join('%3B'), kept.join('%3B'))
    }
    return { ...request, target: without(request.target), rawHeaders: request.rawHeaders.map(without) }
  },
]

function withoutPair(request: HttpRequest, at: number): HttpRequest {
  return { ...request, rawHeaders: request.rawHeaders.toSpliced(at, 2) }
}

function adding(request: HttpRequest, name: string): HttpRequest {
  return { ...request, rawHeaders: [...request.rawHeaders, name, 'value'] }
}

function pick<Item>(items: readonly Item[], draw: Draw): Item {
  const item = items[draw(items.length)]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

function describe(request: HttpRequest): string {
  return JSON.stringify({ ...request, body: Buffer.from(request.body).toString('latin1') })
}
