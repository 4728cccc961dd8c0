import {
  assertService,
  serviceCredentialPosition,
  serviceCredentialsOf,
  serviceCredentialView,
} from '../../../account/credential/service-credential.ts'
import type { ServiceCredentialRecord } from '../../../account/credential/credential-records.ts'
import { userArn } from '../../../account/arns.ts'
import { getUserOrCaller, userOrCallerResource } from '../../../account/user-or-caller.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

/** The credentials of a user, of the caller, or of every user; of one service or of all. */
export const ListServiceSpecificCredentials = readOperation('ListServiceSpecificCredentials', {
  authorize({ UserName, AllUsers = false }, view) {
    // With every user's it is as for ListUsers; the Service Authorization Reference says only that the resource is a user.
    return AllUsers ? { resource: userArn(view.accountId, '/', '') } : userOrCallerResource(view, UserName)
  },
  handle({ input }, scene) {
    const { account, now, error } = scene
    const { UserName, ServiceName: service, AllUsers = false } = input
    if (AllUsers && UserName !== undefined) {
      // "This parameter cannot be specified together with UserName"; the sentence is ours.
      throw error('ValidationError', 'AllUsers cannot be specified together with UserName.')
    }
    const ownerId = AllUsers ? undefined : getUserOrCaller(scene, UserName).id
    if (service !== undefined) assertService(service, error)
    const { rows, truncation } = page(scene, {
      operation: 'ListServiceSpecificCredentials',
      input,
      filter: `${ownerId ?? ''} ${service ?? ''}`,
      rows: (after) =>
        serviceCredentialsOf(account, ownerId, after).filter(
          (credential) => service === undefined || credential.service === service,
        ),
      position: serviceCredentialPosition,
    })
    const nameOf = ({ ownerId: id }: ServiceCredentialRecord): string => account.users.findBy('id', id)?.name ?? id
    return {
      ServiceSpecificCredentials: rows.map((row) => serviceCredentialView(row, { userName: nameOf(row), now })),
      ...truncation,
    }
  },
})
