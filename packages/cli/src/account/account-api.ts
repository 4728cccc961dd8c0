import { Failure, reasonOf } from '../failure.ts'

/** A tag of a user. */
export type Tag = { readonly key: string; readonly value: string }

/** Who signs the calls. */
export type Caller = { readonly accountId: string; readonly arn: string }

export type AccessKeyStatus = { readonly id: string; readonly isActive: boolean }

/** A key with its secret, as only the call that makes it answers. */
export type AccessKeyPair = { readonly id: string; readonly secret: string }

export type GroupName = { readonly name: string; readonly id: string }

export type GroupRecord = GroupName & { readonly userNames: readonly string[] }

export type UserRecord = {
  readonly name: string
  readonly arn: string
  readonly path: string
  readonly tags: readonly Tag[]
}

/** The account password policy, where one is set: a minimum length and the kinds of characters that it asks for. */
export type PasswordPolicy = {
  readonly lengthMin: number
  readonly requiresUppercase: boolean
  readonly requiresLowercase: boolean
  readonly requiresNumbers: boolean
  readonly requiresSymbols: boolean
}

/**
 * What the command asks of an account, each method one IAM or STS operation. `find*` answers undefined where AWS
 * answers NoSuchEntity; everything else that goes wrong is a `CallFailure`, or a `Failure` if no call could be made.
 */
export type AccountApi = {
  readonly getCaller: () => Promise<Caller>
  /** The id of the access key that signs the calls. */
  readonly getSigningKeyId: () => Promise<string>
  readonly findAlias: () => Promise<string | undefined>
  readonly findPasswordPolicy: () => Promise<PasswordPolicy | undefined>
  /** GetAccountSummary's AccountAccessKeysPresent: whether the root user has an access key. */
  readonly hasRootAccessKey: () => Promise<boolean>

  readonly findGroup: (groupName: string) => Promise<GroupRecord | undefined>
  readonly listGroups: () => Promise<readonly GroupName[]>
  readonly createGroup: (groupName: string) => Promise<GroupName>
  readonly deleteGroup: (groupName: string) => Promise<void>
  readonly listGroupPolicyArns: (groupName: string) => Promise<readonly string[]>
  readonly listGroupInlinePolicyNames: (groupName: string) => Promise<readonly string[]>
  readonly attachGroupPolicy: (groupName: string, policyArn: string) => Promise<void>
  readonly detachGroupPolicy: (groupName: string, policyArn: string) => Promise<void>

  readonly findUser: (userName: string) => Promise<UserRecord | undefined>
  readonly createUser: (user: Pick<UserRecord, 'name' | 'path' | 'tags'>) => Promise<UserRecord>
  readonly deleteUser: (userName: string) => Promise<void>
  readonly listGroupsOfUser: (userName: string) => Promise<readonly GroupName[]>
  readonly addUserToGroup: (userName: string, groupName: string) => Promise<void>
  readonly removeUserFromGroup: (userName: string, groupName: string) => Promise<void>
  /** What else a user can have that DeleteUser would stumble over, each as words for a person. */
  readonly listOtherBelongings: (userName: string) => Promise<readonly string[]>

  readonly hasLoginProfile: (userName: string) => Promise<boolean>
  readonly createLoginProfile: (userName: string, login: NewLogin) => Promise<void>
  readonly deleteLoginProfile: (userName: string) => Promise<void>

  /** The access keys of a user, or without a name those of whoever signs: of the root user if that is root. */
  readonly listAccessKeys: (userName?: string) => Promise<readonly AccessKeyStatus[]>
  readonly createAccessKey: (userName: string) => Promise<AccessKeyPair>
  readonly deleteAccessKey: (accessKeyId: string, userName?: string) => Promise<void>
  readonly deactivateAccessKey: (accessKeyId: string) => Promise<void>

  /** The same service, called with another key. */
  readonly withKey: (key: AccessKeyPair) => AccountApi
}

export type NewLogin = { readonly password: string; readonly isResetRequired: boolean }

/** A call that the service refused, or of which nobody knows whether it took effect. */
export class CallFailure extends Failure {
  /** The error code as AWS's pages write it, such as `NoSuchEntity`. */
  readonly code: string
  readonly outcome: 'refused' | 'unknown'

  constructor(call: { operation: string; code: string; outcome: CallFailure['outcome'] }, error: Error) {
    const end = call.outcome === 'refused' ? 'was refused' : 'got no answer that can be relied on'
    super(`${call.operation} ${end}: ${call.code}: ${reasonOf(error)}`, { cause: error })
    this.name = 'CallFailure'
    this.code = call.code
    this.outcome = call.outcome
  }
}
