/** The credential that a request means, for operations that name a user (or nobody: the caller) and a credential. */
import type { Fault } from '@iamd/wire'
import type { ServiceCredentialRecord } from '../../../account/credential/credential-records.ts'
import { getServiceCredential, isExpired, serviceContext } from '../../../account/credential/service-credential.ts'
import type { UserRecord } from '../../../account/records.ts'
import { getUserOrCaller, userOrCallerResource } from '../../../account/user-or-caller.ts'
import type { Ask } from '../../operation.ts'
import type { SceneView } from '../../scene.ts'

interface CredentialRequest {
  readonly UserName?: string | undefined
  readonly ServiceSpecificCredentialId: string
}

type CredentialScene = SceneView & {
  readonly error: (code: 'NoSuchEntity' | 'ValidationError', message: string) => Fault
}

/** The user, with the credential's service as a condition key. */
export function credentialResource({ UserName, ServiceSpecificCredentialId }: CredentialRequest, view: SceneView): Ask {
  const { resource, context } = userOrCallerResource(view, UserName)
  const service = view.account.serviceCredentials.find(ServiceSpecificCredentialId)?.service
  return { resource, context: { ...context, ...serviceContext(service) } }
}

/** The user and its credential. Throws NoSuchEntity, and ValidationError for the root user who names nobody. */
export function getRequestedCredential(
  scene: CredentialScene,
  { UserName, ServiceSpecificCredentialId: id }: CredentialRequest,
): { readonly user: UserRecord; readonly credential: ServiceCredentialRecord } {
  const user = getUserOrCaller(scene, UserName)
  return { user, credential: getServiceCredential(scene.account, { user, id }, scene.error) }
}

/** What is expired stays so. Whether AWS refuses to change it is not known: we do, since nothing would come of it. */
export function assertNotExpired(
  credential: ServiceCredentialRecord,
  { now, error }: Pick<CredentialScene, 'now' | 'error'>,
): void {
  if (isExpired(credential, now)) {
    throw error('ValidationError', `The credential ${credential.id} has expired and cannot be changed.`)
  }
}
