/**
 * For every operation a call that works in the standing account, and what it must be allowed to. Most is made from the model:
 * whom a call is about tells its required members. What cannot be made so has a row here.
 */
import { getOperation, type OperationName, type Shape } from '@iamd/wire'
import { type Issued, makeCertificate, makeSshKey } from './credentials/certificates.ts'
import { codeAt } from './credentials/mfa-codes.ts'
import { DOCUMENT, STANDING, TRUST_DOCUMENT } from './standing-account.ts'
import type { WireInput, WireValue } from './wire-call.ts'
import { NOON } from './world.ts'

interface Needed {
  readonly action: string
  readonly resource: string
}

export interface OperationSample {
  readonly input: WireInput
  /** ARN that the call is authorised on; `*` for an action without a resource type. */
  readonly resource: string
  /** What must be allowed besides, such as passing the role that the call is about. */
  readonly also?: readonly Needed[]
}

/** Operations that any authenticated caller may use, whatever is denied (STS API Reference, each operation's page). */
export const NEEDS_NO_PERMISSION: readonly OperationName[] = ['GetCallerIdentity']

/** What is uploaded where a certificate is asked for. */
export const SAMPLE_CERTIFICATE: Issued = makeCertificate('Sample')

/** What a required member is, when an operation's row does not say otherwise. */
const MEMBERS: ReadonlyMap<string, WireValue> = new Map<string, WireValue>([
  ['UserName', STANDING.user],
  ['GroupName', STANDING.group],
  ['RoleName', STANDING.role],
  ['InstanceProfileName', STANDING.instanceProfile],
  ['PolicyArn', STANDING.policyArn],
  ['PermissionsBoundary', STANDING.policyArn],
  ['PolicyName', STANDING.inlinePolicy],
  ['PolicyDocument', DOCUMENT],
  ['VersionId', 'v2'],
  ['PolicyInputList', [DOCUMENT]],
  ['PolicySourceArn', 'arn:aws:iam::123456789012:user/path/Standing'],
  ['ActionNames', ['s3:GetObject']],
  ['AccessKeyId', STANDING.accessKeyId],
  ['Status', 'Inactive'],
  ['Password', 'Another-Password-2'],
  ['AccountAlias', STANDING.alias],
  ['SerialNumber', STANDING.mfaSerialNumber],
  ['AuthenticationCode1', codeAt(STANDING.mfaSeed, NOON)],
  ['AuthenticationCode2', codeAt(STANDING.mfaSeed, NOON, 1)],
  ['ServiceName', STANDING.service],
  ['ServiceSpecificCredentialId', STANDING.serviceCredentialId],
  ['Tags', [{ Key: 'Team', Value: 'b' }]],
  ['TagKeys', ['Team']],
  ['SSHPublicKeyId', STANDING.sshPublicKeyId],
  ['SSHPublicKeyBody', makeSshKey('sample')],
  ['CertificateId', STANDING.signingCertificateId],
  ['CertificateBody', SAMPLE_CERTIFICATE.certificatePem],
  ['PrivateKey', SAMPLE_CERTIFICATE.privateKeyPem],
  ['ServerCertificateName', STANDING.serverCertificate],
])

/** Members that are not required and are sent all the same: without them the call is about the caller. */
const SENT_ANYWAY: readonly string[] = ['UserName']

const ACCOUNT = 'arn:aws:iam::123456789012'

/** What the model cannot tell: names that must be new or free, and resources that no required member names. */
const ROWS: ReadonlyMap<string, Partial<OperationSample>> = new Map<string, Partial<OperationSample>>([
  [
    'AddRoleToInstanceProfile',
    {
      input: { InstanceProfileName: STANDING.freeInstanceProfile, RoleName: STANDING.role },
      also: [{ action: 'iam:PassRole', resource: `${ACCOUNT}:role/path/${STANDING.role}` }],
    },
  ],
  ['AddUserToGroup', { input: { UserName: STANDING.freeUser, GroupName: STANDING.group } }],
  ['AttachGroupPolicy', { input: { GroupName: STANDING.group, PolicyArn: STANDING.freePolicyArn } }],
  ['AttachRolePolicy', { input: { RoleName: STANDING.role, PolicyArn: STANDING.freePolicyArn } }],
  ['AttachUserPolicy', { input: { UserName: STANDING.user, PolicyArn: STANDING.freePolicyArn } }],
  // A caller changes its own password only.
  [
    'ChangePassword',
    {
      input: { OldPassword: STANDING.password, NewPassword: 'Another-Password-2' },
      resource: `${ACCOUNT}:user/${STANDING.caller}`,
    },
  ],
  ['CreateAccountAlias', { input: { AccountAlias: 'new-alias' } }],
  ['CreateGroup', { input: { GroupName: 'New' }, resource: `${ACCOUNT}:group/New` }],
  ['CreateInstanceProfile', { input: { InstanceProfileName: 'New' }, resource: `${ACCOUNT}:instance-profile/New` }],
  ['CreateLoginProfile', { input: { UserName: STANDING.freeUser, Password: 'Another-Password-2' } }],
  ['CreatePolicy', { input: { PolicyName: 'New', PolicyDocument: DOCUMENT }, resource: `${ACCOUNT}:policy/New` }],
  [
    'CreateRole',
    { input: { RoleName: 'New', AssumeRolePolicyDocument: TRUST_DOCUMENT }, resource: `${ACCOUNT}:role/New` },
  ],
  ['CreateUser', { input: { UserName: 'New' }, resource: `${ACCOUNT}:user/New` }],
  ['CreateVirtualMFADevice', { input: { VirtualMFADeviceName: 'New' }, resource: `${ACCOUNT}:mfa/New` }],
  ['DeleteGroup', { input: { GroupName: STANDING.freeGroup } }],
  ['DeleteInstanceProfile', { input: { InstanceProfileName: STANDING.freeInstanceProfile } }],
  ['DeletePolicy', { input: { PolicyArn: STANDING.freePolicyArn } }],
  ['DeleteRole', { input: { RoleName: STANDING.freeRole } }],
  ['DeleteUser', { input: { UserName: STANDING.freeUser } }],
  ['DeleteVirtualMFADevice', { input: { SerialNumber: STANDING.freeMfaSerialNumber } }],
  [
    'EnableMFADevice',
    {
      input: {
        UserName: STANDING.user,
        SerialNumber: STANDING.freeMfaSerialNumber,
        AuthenticationCode1: codeAt(STANDING.mfaSeed, NOON),
        AuthenticationCode2: codeAt(STANDING.mfaSeed, NOON, 1),
      },
    },
  ],
  // On the key's owner (observed).
  ['GetAccessKeyLastUsed', { resource: `${ACCOUNT}:user/path/${STANDING.user}` }],
  ['ListGroups', { resource: `${ACCOUNT}:group/` }],
  ['ListInstanceProfiles', { resource: `${ACCOUNT}:instance-profile/` }],
  ['ListPolicies', { input: { Scope: 'Local' }, resource: `${ACCOUNT}:policy/` }],
  ['ListRoles', { resource: `${ACCOUNT}:role/` }],
  ['ListVirtualMFADevices', { resource: `${ACCOUNT}:mfa/` }],
  ['ListUsers', { resource: `${ACCOUNT}:user/` }],
  ['PutAccountQuotas', { input: { Quotas: [{ Name: 'UsersQuota', Value: 6000 }] } }],
  ['UpdateAssumeRolePolicy', { input: { RoleName: STANDING.role, PolicyDocument: TRUST_DOCUMENT } }],
  ['UpdateRoleDescription', { input: { RoleName: STANDING.role, Description: 'Another' } }],
  ['ListServerCertificates', { resource: `${ACCOUNT}:server-certificate/` }],
  [
    'UploadServerCertificate',
    {
      input: {
        ServerCertificateName: 'New',
        CertificateBody: SAMPLE_CERTIFICATE.certificatePem,
        PrivateKey: SAMPLE_CERTIFICATE.privateKeyPem,
      },
      resource: `${ACCOUNT}:server-certificate/New`,
    },
  ],
])

/** Throws with the line to add when the model and the rows do not suffice. */
export function sampleOf(name: OperationName): OperationSample {
  const row = ROWS.get(name)
  const input = row?.input ?? inputFromModel(name)
  return { input, resource: row?.resource ?? resourceOf(input), also: row?.also ?? [] }
}

/** The group where one is named (so it is for AddUserToGroup), then the user, then the profile, then the role, then the policy or whose policies are asked about. */
function resourceOf({
  GroupName: group,
  UserName: user,
  InstanceProfileName: profile,
  RoleName: role,
  PolicyArn: policy,
  PolicySourceArn: source,
  SerialNumber: serialNumber,
  ServerCertificateName: certificate,
}: WireInput): string {
  if (typeof group === 'string') return `${ACCOUNT}:group/path/${group}`
  if (typeof user === 'string') return `${ACCOUNT}:user/path/${user}`
  if (typeof profile === 'string') return `${ACCOUNT}:instance-profile/path/${profile}`
  if (typeof role === 'string') return `${ACCOUNT}:role/path/${role}`
  if (typeof source === 'string') return source
  if (typeof serialNumber === 'string') return serialNumber
  if (typeof certificate === 'string') return `${ACCOUNT}:server-certificate/path/${certificate}`
  return typeof policy === 'string' ? policy : '*'
}

function inputFromModel(name: OperationName): WireInput {
  const members = getOperation(name).input?.members ?? []
  return Object.fromEntries(
    members
      .filter((member) => member.isRequired || SENT_ANYWAY.includes(member.name))
      .map((member) => [member.name, valueOf(name, member)]),
  )
}

function valueOf(
  operation: OperationName,
  { name, shape }: { readonly name: string; readonly shape: Shape },
): WireValue {
  const value = MEMBERS.get(name)
  if (value !== undefined) return value
  if (shape.kind === 'boolean') return true
  if (shape.kind === 'string' && shape.values?.[0] !== undefined) return shape.values[0]
  throw new Error(
    `add a row to ROWS in operation-sample.ts: ['${operation}', { input: { ${name}: … } }], because nothing says what a valid \`${name}\` is`,
  )
}
