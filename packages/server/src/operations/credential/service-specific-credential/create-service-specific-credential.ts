import type { ServiceCredentialRecord } from '../../../account/credential/credential-records.ts'
import {
  assertService,
  freeAlias,
  hasApiKeys,
  newServiceSecret,
  serviceContext,
  serviceCredentialsOf,
} from '../../../account/credential/service-credential.ts'
import { serviceCredentialPlace } from '../../../account/credential/service-credential-place.ts'
import { newUniqueId } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import { getUser, userResource } from '../../../account/user.ts'
import { writeOperation } from '../../operation.ts'
import { secretView } from './secret-view.ts'

const DAY_MILLISECONDS = 86_400_000

/** Makes a user's credential for one service. Its secret is in this answer and never again (P8). */
export const CreateServiceSpecificCredential = writeOperation('CreateServiceSpecificCredential', {
  authorize({ UserName, ServiceName, CredentialAgeDays }, view) {
    const { resource, context } = userResource(view, UserName)
    const days = CredentialAgeDays === undefined ? undefined : String(CredentialAgeDays)
    return {
      resource,
      context: { ...context, ...serviceContext(ServiceName), 'iam:ServiceSpecificCredentialAgeDays': days },
    }
  },
  handle({ input }, scene) {
    const { account, accountId, now, randomBytes, vault, error } = scene
    const { ServiceName: service, CredentialAgeDays: days } = input
    const user = getUser(account, input.UserName, error)
    assertService(service, error)
    if (days !== undefined && !hasApiKeys(service)) {
      // "This field is only valid for Bedrock API keys and CloudWatch Logs API keys"; the sentence is ours.
      throw error('ValidationError', `CredentialAgeDays is not supported for service ${service}.`)
    }
    const credentialsMax = quota(account, 'ServiceSpecificCredentialsPerUserQuota')
    const ofService = serviceCredentialsOf(account, user.id).filter((other) => other.service === service)
    if (ofService.take(credentialsMax).toArray().length >= credentialsMax) {
      throw error('LimitExceeded', `Cannot exceed quota for ServiceSpecificCredentialsPerUser: ${credentialsMax}`)
    }
    const id = newUniqueId('ACCA', randomBytes)
    const alias = freeAlias(scene, { service, userName: user.name })
    const secret = newServiceSecret({ service, alias }, randomBytes)
    const credential: ServiceCredentialRecord = {
      id,
      ownerId: user.id,
      service,
      alias,
      status: 'Active',
      createdAt: now.toISOString(),
      sealedSecret: vault.seal(serviceCredentialPlace(accountId, id), secret),
      ...(days === undefined ? {} : { expiresAt: new Date(now.getTime() + days * DAY_MILLISECONDS).toISOString() }),
    }
    account.serviceCredentials.put(credential)
    return { ServiceSpecificCredential: secretView(credential, secret, { userName: user.name, now }) }
  },
})
