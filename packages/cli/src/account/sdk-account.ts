import { ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'

import type { Target } from '../target.ts'
import type { AccessKeyPair, AccountApi, Caller } from './account-api.ts'
import { callPatiently } from './call.ts'
import { iamCallers, openSdkClients, present, type SdkClients } from './sdk-clients.ts'
import { credentialMethods } from './sdk-credentials.ts'
import { groupMethods } from './sdk-groups.ts'
import { userMethods } from './sdk-users.ts'

/** The operations of an account through the AWS SDK, signed by the given key, or else as the target says. */
export function openSdkAccount(target: Target, key?: AccessKeyPair): AccountApi {
  const clients = openSdkClients(target, key)
  const callers = iamCallers(clients, target)
  return {
    ...groupMethods(callers),
    ...userMethods(callers),
    ...credentialMethods(callers),
    getCaller: () => getCaller(clients, target),
    async getSigningKeyId() {
      return (await clients.iam.config.credentials()).accessKeyId
    },
    async findAlias() {
      const { AccountAliases } = await callers.read('ListAccountAliases', (client) =>
        client.send(new ListAccountAliasesCommand({})),
      )
      return AccountAliases?.[0]
    },
    withKey: (other) => openSdkAccount(target, other),
  }
}

async function getCaller({ sts }: SdkClients, target: Target): Promise<Caller> {
  const call = { operation: 'GetCallerIdentity', isWrite: false }
  const { Account, Arn } = await callPatiently(call, target, () => sts.send(new GetCallerIdentityCommand({})))
  return { accountId: present(Account, 'Account'), arn: present(Arn, 'Arn') }
}
