// `AccountApi` over the AWS SDK: passwords and access keys.
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'

import type { AccountApi } from './account-api.ts'
import { orUndefined, present, type IamCallers } from './sdk-clients.ts'
import { collect } from './sdk-groups.ts'

type CredentialMethods = Pick<
  AccountApi,
  | 'findPasswordPolicy'
  | 'hasRootAccessKey'
  | 'hasLoginProfile'
  | 'createLoginProfile'
  | 'deleteLoginProfile'
  | 'listAccessKeys'
  | 'createAccessKey'
  | 'deleteAccessKey'
  | 'deactivateAccessKey'
>

/** The operations on passwords and access keys. */
export function credentialMethods(callers: IamCallers): CredentialMethods {
  return { ...passwordMethods(callers), ...accessKeyMethods(callers) }
}

function passwordMethods({
  read,
  write,
}: IamCallers): Pick<
  AccountApi,
  'findPasswordPolicy' | 'hasLoginProfile' | 'createLoginProfile' | 'deleteLoginProfile'
> {
  return {
    async findPasswordPolicy() {
      const command = new GetAccountPasswordPolicyCommand({})
      const answer = await orUndefined(read('GetAccountPasswordPolicy', (client) => client.send(command)))
      if (answer === undefined) return undefined
      const policy = present(answer.PasswordPolicy, 'PasswordPolicy')
      return {
        lengthMin: policy.MinimumPasswordLength ?? 6,
        requiresUppercase: policy.RequireUppercaseCharacters === true,
        requiresLowercase: policy.RequireLowercaseCharacters === true,
        requiresNumbers: policy.RequireNumbers === true,
        requiresSymbols: policy.RequireSymbols === true,
      }
    },
    async hasLoginProfile(UserName) {
      const command = new GetLoginProfileCommand({ UserName })
      return (await orUndefined(read('GetLoginProfile', (client) => client.send(command)))) !== undefined
    },
    async createLoginProfile(UserName, { password, isResetRequired }) {
      const input = { UserName, Password: password, PasswordResetRequired: isResetRequired }
      await write('CreateLoginProfile', (client) => client.send(new CreateLoginProfileCommand(input)))
    },
    async deleteLoginProfile(UserName) {
      await write('DeleteLoginProfile', (client) => client.send(new DeleteLoginProfileCommand({ UserName })))
    },
  }
}

function accessKeyMethods({
  read,
  write,
}: IamCallers): Pick<
  AccountApi,
  'hasRootAccessKey' | 'listAccessKeys' | 'createAccessKey' | 'deleteAccessKey' | 'deactivateAccessKey'
> {
  return {
    async hasRootAccessKey() {
      const { SummaryMap } = await read('GetAccountSummary', (client) => client.send(new GetAccountSummaryCommand({})))
      return present(SummaryMap, 'SummaryMap')['AccountAccessKeysPresent'] !== 0
    },
    listAccessKeys: (UserName) =>
      read('ListAccessKeys', (client) =>
        collect(paginateListAccessKeys({ client }, { UserName }), ({ AccessKeyMetadata = [] }) =>
          AccessKeyMetadata.map(({ AccessKeyId, Status }) => ({
            id: present(AccessKeyId, 'AccessKeyId'),
            isActive: Status === 'Active',
          })),
        ),
      ),
    async createAccessKey(UserName) {
      const command = new CreateAccessKeyCommand({ UserName })
      const { AccessKey } = await write('CreateAccessKey', (client) => client.send(command))
      const { AccessKeyId, SecretAccessKey } = present(AccessKey, 'AccessKey')
      return { id: present(AccessKeyId, 'AccessKeyId'), secret: present(SecretAccessKey, 'SecretAccessKey') }
    },
    async deleteAccessKey(AccessKeyId, UserName) {
      await write('DeleteAccessKey', (client) => client.send(new DeleteAccessKeyCommand({ AccessKeyId, UserName })))
    },
    async deactivateAccessKey(AccessKeyId) {
      const command = new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' })
      await write('UpdateAccessKey', (client) => client.send(command))
    },
  }
}
