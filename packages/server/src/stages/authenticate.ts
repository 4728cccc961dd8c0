/**
 * Who is calling: the signature is verified against the secret of the access key that the request names.
 *
 * The principal comes only from here (negative tests ). An unknown key costs the same as a wrong signature:
 * a signature is computed for it too.
 */
import { randomBytes } from 'node:crypto'
import { deriveSigningKey, readPresented, SignatureFault, verify } from '@iamd/sigv4'
import type { CredentialScope, HttpRequest, PresentedSignature, SignatureCheck } from '@iamd/sigv4'
import { Fault } from '@iamd/wire'
import { accessKeyPlace } from '../account/access-key-place.ts'
import type { AccountImage } from '../account/account-tables.ts'
import type { Principal } from '../account/principal.ts'
import type { AccessKeyRecord } from '../account/records.ts'
import { findKeyHolder, type KeyHolder } from '../authority/find-key.ts'
import { KeyHolders } from '../authority/key-holders.ts'
import type { Images } from '../ledger/images.ts'
import type { Vault } from '../vault/vault.ts'
import type { Routed } from './route.ts'

export interface Authenticated extends Routed {
  readonly principal: Principal
  /** Region of the signature's scope. */
  readonly region: string
}

/** AWS's one answer to an unknown, inactive or foreign key. */
const UNKNOWN_KEY = 'The security token included in the request is invalid.'
const SIGNING_KEYS_MAX = 10_000

interface KeptSigningKey {
  readonly sealedSecret: string
  readonly signingKey: Uint8Array
}

/** Verifies signatures, with the signing keys that it derived before. Throws Fault with AWS's code and sentence. */
export class Authenticator {
  readonly #images: Images
  readonly #vault: Pick<Vault, 'open'>
  readonly #holders = new KeyHolders()
  /** Derived signing keys; an entry counts only for the sealed secret that it was derived from. */
  readonly #signingKeys = new Map<string, KeptSigningKey>()
  readonly #nobodysSigningKey = randomBytes(32)

  constructor(images: Images, vault: Pick<Vault, 'open'>) {
    this.#images = images
    this.#vault = vault
  }

  authenticate(routed: Routed, now: Date): Authenticated {
    try {
      return this.#authenticate(routed, now)
    } catch (error) {
      if (error instanceof SignatureFault) throw new Fault(error.code, error.message, { status: error.status })
      throw error
    }
  }

  #authenticate(routed: Routed, now: Date): Authenticated {
    const { received } = routed
    const presented = readPresented(received)
    if (presented.kind === 'unsigned') {
      throw new Fault('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 })
    }
    const service = { service: routed.service.name }
    const holder = this.#usableKey(presented)
    if (holder === undefined) {
      this.#verifyForNobody(received, presented, { now, service })
      throw new Fault('InvalidClientTokenId', UNKNOWN_KEY, { status: 403 })
    }
    const place = cacheKey(holder.key, presented.scope)
    const known = this.#signingKeys.get(place)
    const isKnown = known !== undefined && known.sealedSecret === holder.key.sealedSecret
    const signingKey = isKnown ? known.signingKey : this.#signingKey(holder, presented.scope)
    verify(received, presented, { signingKey, now, service })
    if (!isKnown) this.#keep(place, { sealedSecret: holder.key.sealedSecret, signingKey })
    return { ...routed, principal: holder.principal, region: presented.scope.region }
  }

  /** Long-term keys carry no session token; one that comes with a token is as unknown as one that is not there. */
  #usableKey({ accessKeyId, sessionToken }: PresentedSignature): KeyHolder | undefined {
    const accountId = this.#images.accountOfKey(accessKeyId)
    const image = accountId === undefined ? undefined : this.#images.account(accountId)
    if (accountId === undefined || image === undefined || sessionToken !== undefined) return undefined
    return this.#holders.find(accountId, image, accessKeyId)
  }

  #verifyForNobody(
    received: HttpRequest,
    presented: PresentedSignature,
    check: Omit<SignatureCheck, 'signingKey'>,
  ): void {
    try {
      verify(received, presented, { ...check, signingKey: this.#nobodysSigningKey })
    } catch (error) {
      // Expired, or for another service: that is answered the same whether the key is known or not.
      if (!(error instanceof SignatureFault && error.isMismatch)) throw error
    }
  }

  #signingKey({ key, principal }: KeyHolder, scope: CredentialScope): Uint8Array {
    return deriveSigningKey(this.#vault.open(accessKeyPlace(principal.accountId, key.id), key.sealedSecret), scope)
  }

  /** Only after the signature was verified: key ids are no secret, and made-up regions would push out what is used. */
  #keep(place: string, key: KeptSigningKey): void {
    if (this.#signingKeys.size >= SIGNING_KEYS_MAX) this.#signingKeys.clear()
    this.#signingKeys.set(place, key)
  }
}

function cacheKey({ id }: AccessKeyRecord, { date, region, service }: CredentialScope): string {
  return `${id}/${date}/${region}/${service}`
}

/** The principal as the state that a write commits onto knows it: the key may have been deactivated since the signature was verified. */
export function confirmPrincipal(image: AccountImage, principal: Principal): Principal {
  const holder = findKeyHolder(principal.accountId, image, principal.accessKeyId)
  if (holder === undefined || holder.principal.id !== principal.id) {
    throw new Fault('InvalidClientTokenId', UNKNOWN_KEY, { status: 403 })
  }
  return holder.principal
}
