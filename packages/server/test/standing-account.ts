/** An account in which everything that an operation can be asked about is there: users, groups, roles, policies, keys. */
import assert from 'node:assert/strict'
import type { AccountWriter } from '../src/account/account-tables.ts'
import { accessKeyPlace } from '../src/account/access-key-place.ts'
import { mfaDevicePlace } from '../src/account/credential/mfa-device-place.ts'
import { serviceCredentialPlace } from '../src/account/credential/service-credential-place.ts'
import { privateKeyPlace } from '../src/account/credential/server-certificate.ts'
import { newSecretAccessKey } from '../src/account/ids.ts'
import type { PasswordPolicyRecord } from '../src/account/records.ts'
import { hashPassword } from '../src/vault/password-hash.ts'
import { makeCertificate, makeSshKey, VALID_TO } from './credentials/certificates.ts'
import { userIdOf, type World, seededBytes } from './world.ts'

/** What is there, by the names that requests use for it. */
export const STANDING = {
  alias: 'standing-alias',
  /** Has the password already; the test makes it, and gives it what it may do. */
  caller: 'Caller',
  /** In the group, with a policy of each kind, a boundary, one access key and a password. */
  user: 'Standing',
  /** A user and a group with nothing that would keep them from being deleted or added to. */
  freeUser: 'Free',
  group: 'Standing',
  freeGroup: 'Free',
  /** Attached to the user, the group and the role, with a second version that is not the default one. */
  policyArn: 'arn:aws:iam::123456789012:policy/path/Standing',
  /** Attached to nobody, with one version. */
  freePolicyArn: 'arn:aws:iam::123456789012:policy/path/Free',
  /** With a policy of each kind and a boundary, and one with nothing. */
  role: 'Standing',
  freeRole: 'Free',
  /** With the role, and one without. */
  instanceProfile: 'Standing',
  freeInstanceProfile: 'Free',
  inlinePolicy: 'Inline',
  accessKeyId: 'AKIA2OAHZ37VSTANDING',
  password: 'Standing-Password-1',
  /** The user's; the other one is nobody's. They have the same seed. */
  mfaSerialNumber: 'arn:aws:iam::123456789012:mfa/path/Standing',
  freeMfaSerialNumber: 'arn:aws:iam::123456789012:mfa/path/Free',
  mfaSeed: 'STANDINGSEED2345STANDINGSEED2345',
  /** Of the service that it names; the user may have one more. */
  serviceCredentialId: 'ACCA2OAHZ37VXSTANDING',
  service: 'codecommit.amazonaws.com',
  sshPublicKeyId: 'APKASTANDING4567890AB',
  signingCertificateId: 'STANDING4567890ABCDEFGHIJKLMNOPQ',
  serverCertificate: 'Standing',
} as const

export const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
})

export const TRUST_DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

const PASSWORD_POLICY: PasswordPolicyRecord = {
  minimumLength: 8,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
  // With it the caller could change its password without a permission.
  allowUsersToChange: false,
  ageDaysMax: undefined,
  reusePrevention: undefined,
  hardExpiry: undefined,
}

const passwordHash = hashPassword(STANDING.password)

export async function fillAccount(world: World): Promise<void> {
  const phc = await passwordHash
  await giveAlias(world)
  await world.change((account, now) => {
    const createdAt = now.toISOString()
    for (const name of [STANDING.user, STANDING.freeUser]) {
      const boundaryArn = name === STANDING.user ? STANDING.policyArn : undefined
      const tags = [{ key: 'Team', value: 'a' }]
      account.users.put({ id: `AIDA${name}`, name, path: '/path/', createdAt, tags, boundaryArn })
      account.groups.put({ id: `AGPA${name}`, name, path: '/path/', createdAt })
      const trust = { trustPolicy: TRUST_DOCUMENT, trusted: [], sessionSecondsMax: 3600 }
      account.roles.put({ id: `AROA${name}`, name, path: '/path/', createdAt, tags, boundaryArn, ...trust })
      const roleId = name === STANDING.user ? 'AROAStanding' : undefined
      account.instanceProfiles.put({ id: `AIPA${name}`, name, path: '/path/', createdAt, tags, roleId })
      const policy = {
        id: `ANPA${name}`,
        name,
        path: '/path/',
        description: undefined,
        createdAt,
        updatedAt: createdAt,
      }
      account.policies.put({ ...policy, defaultVersion: 1, lastVersion: 2, tags: [{ key: 'Team', value: 'a' }] })
      account.policyVersions.put({ policyId: policy.id, version: 1, document: DOCUMENT, createdAt })
    }
    account.policyVersions.put({ policyId: 'ANPAStanding', version: 2, document: DOCUMENT, createdAt })
    account.memberships.put({ userId: 'AIDAStanding', groupId: 'AGPAStanding', addedAt: createdAt })
    for (const ownerId of ['AIDAStanding', 'AGPAStanding', 'AROAStanding']) {
      account.inlinePolicies.put({ ownerId, name: STANDING.inlinePolicy, document: DOCUMENT })
      account.attachments.put({ ownerId, policyArn: STANDING.policyArn, attachedAt: createdAt })
    }
    const place = accessKeyPlace(world.accountId, STANDING.accessKeyId)
    const sealedSecret = world.vault.seal(place, newSecretAccessKey(seededBytes('standing')))
    const status = 'Active'
    account.accessKeys.put({ id: STANDING.accessKeyId, ownerId: 'AIDAStanding', status, createdAt, sealedSecret })
    const profile = { createdAt, changedAt: createdAt, resetRequired: false, previousHashes: [] }
    for (const ownerId of ['AIDAStanding', userIdOf(STANDING.caller)]) {
      account.loginProfiles.put({ ownerId, passwordHash: phc, ...profile })
    }
    account.passwordPolicy.put(PASSWORD_POLICY)
    addCertificates(world, account, createdAt)
  })
  await giveCredentials(world)
}

/** The MFA devices and the service-specific credential. */
async function giveCredentials(world: World): Promise<void> {
  await world.change((account, now) => {
    const createdAt = now.toISOString()
    for (const serialNumber of [STANDING.mfaSerialNumber, STANDING.freeMfaSerialNumber]) {
      const sealedSeed = world.vault.seal(mfaDevicePlace(world.accountId, serialNumber), STANDING.mfaSeed)
      const device = { serialNumber, createdAt, sealedSeed, tags: [{ key: 'Team', value: 'a' }] }
      const assignment = { ownerId: 'AIDAStanding', enabledAt: createdAt }
      account.virtualMfaDevices.put(serialNumber === STANDING.mfaSerialNumber ? { ...device, assignment } : device)
    }
    const id = STANDING.serviceCredentialId
    const sealedSecret = world.vault.seal(serviceCredentialPlace(world.accountId, id), 'standing')
    const credential = { id, ownerId: 'AIDAStanding', service: STANDING.service, alias: 'Standing-at-123456789012' }
    account.serviceCredentials.put({ ...credential, status: 'Active', createdAt, sealedSecret })
  })
}

const standing = makeCertificate('Standing')
const sshKey = makeSshKey('standing')

/** An SSH key and a signing certificate of the user, and a server certificate of the account. */
function addCertificates(world: World, account: AccountWriter, uploadedAt: string): void {
  const { sshPublicKeyId, signingCertificateId, serverCertificate: name } = STANDING
  const owned = { ownerId: 'AIDAStanding', status: 'Active', uploadedAt } as const
  account.sshPublicKeys.put({ ...owned, id: sshPublicKeyId, material: sshKey.replace('ssh-rsa ', '') })
  const body = standing.certificatePem
  account.signingCertificates.put({ ...owned, id: signingCertificateId, body, digest: 'standing' })
  const id = 'ASCAStanding'
  const sealedPrivateKey = world.vault.seal(privateKeyPlace(world.accountId, id), standing.privateKeyPem)
  const dates = { uploadedAt, expiresAt: VALID_TO.toISOString() }
  const tags = [{ key: 'Team', value: 'a' }]
  account.serverCertificates.put({ ...dates, id, name, path: '/path/', body, sealedPrivateKey, tags })
}

function giveAlias(world: World): Promise<void> {
  return world.ledger.write({
    requestId: 'standing',
    action: 'iamd:Test',
    origin: { caller: 'iamd:operator', sourceIp: '127.0.0.1', userAgent: 'test' },
    attempt({ directory: { tables } }) {
      const entry = tables.accounts.find(world.accountId)
      assert(entry !== undefined)
      tables.accounts.put({ ...entry, alias: STANDING.alias })
    },
  })
}
