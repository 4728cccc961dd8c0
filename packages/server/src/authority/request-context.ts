/**
 * The condition keys of a request that the server knows itself: who calls, from where, when.
 *
 * Keys are made here and by operations only, never from anything that the caller names (negative test F-16). They are
 * worked out when a condition asks for them: most requests ask for none.
 */
import { type ContextValue, lowerCaseAscii, type RequestContext } from '@iamd/policy'
import type { Principal } from '../account/principal.ts'

export interface CallFacts {
  readonly principal: Principal
  readonly now: Date
  readonly sourceIp: string
  readonly header: (name: 'user-agent' | 'referer') => string | undefined
  readonly isSecureTransport: boolean
  /** Region of the signature's scope. */
  readonly region: string
}

type Global = (facts: CallFacts) => ContextValue | undefined

/** IAM User Guide, "AWS global condition context keys". A key that is not here is absent from the request. */
const GLOBALS: ReadonlyMap<string, Global> = new Map<string, Global>([
  ['aws:principalarn', ({ principal }) => principal.arn],
  ['aws:principalaccount', ({ principal }) => principal.accountId],
  ['aws:principaltype', ({ principal }) => (principal.kind === 'root' ? 'Account' : 'User')],
  ['aws:principalisawsservice', () => 'false'],
  ['aws:userid', ({ principal }) => principal.id],
  ['aws:username', ({ principal }) => (principal.kind === 'user' ? principal.name : undefined)],
  ['aws:viaawsservice', () => 'false'],
  ['aws:sourceip', ({ sourceIp }) => sourceIp],
  ['aws:securetransport', ({ isSecureTransport }) => String(isSecureTransport)],
  ['aws:useragent', ({ header }) => header('user-agent')],
  ['aws:referer', ({ header }) => header('referer')],
  ['aws:requestedregion', ({ region }) => region],
  ['aws:currenttime', ({ now }) => now.toISOString()],
  ['aws:epochtime', ({ now }) => String(Math.floor(now.getTime() / 1000))],
  // Every resource of an IAM or STS call is in the caller's own account.
  ['aws:resourceaccount', ({ principal }) => principal.accountId],
])

const PRINCIPAL_TAG = 'aws:principaltag/'

export interface ContextParts {
  readonly facts: CallFacts
  /** Tags of the calling user; asked for only by a condition on one. */
  readonly principalTags: () => readonly { readonly key: string; readonly value: string }[]
  /** What the operation says of its request and resource, by key as AWS writes it. */
  readonly operation: Readonly<Record<string, ContextValue | undefined>> | undefined
}

/**
 * Keys are compared as the engine lower-cases those that it asks for. By Unicode's rules a tag named with the Kelvin sign would
 * answer for one named `k`, and a caller who may not set the one could set the other (negative tests F-10, O-07).
 */
export function requestContext({ facts, principalTags, operation }: ContextParts): RequestContext {
  return {
    get(key) {
      const known = GLOBALS.get(key)
      if (known !== undefined) return known(facts)
      if (key.startsWith(PRINCIPAL_TAG)) {
        const name = key.slice(PRINCIPAL_TAG.length)
        return principalTags().find((tag) => lowerCaseAscii(tag.key) === name)?.value
      }
      for (const name in operation) if (lowerCaseAscii(name) === key) return operation[name]
      return undefined
    },
  }
}
