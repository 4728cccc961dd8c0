import type { AssignmentStatusType, User, VirtualMFADevice } from '@iamd/wire'
import { nameKey } from '../../../account/account-tables.ts'
import { virtualMfaDeviceArn } from '../../../account/arns.ts'
import type { VirtualMfaDeviceRecord } from '../../../account/credential/credential-records.ts'
import { rootUserView, userView } from '../../../account/user.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'
import type { ReadScene } from '../../scene.ts'

/** The virtual devices of the account, without seeds and tags, and whose each one is. */
export const ListVirtualMFADevices = readOperation('ListVirtualMFADevices', {
  // The Service Authorization Reference lists no resource type, yet denials name `mfa/` (observed).
  authorize: (_input, { accountId }) => ({ resource: virtualMfaDeviceArn(accountId, '/', '') }),
  handle({ input }, scene) {
    const { AssignmentStatus: status = 'Any' } = input
    const { rows, truncation } = page(scene, {
      operation: 'ListVirtualMFADevices',
      input,
      filter: status,
      rows: (after) =>
        scene.account.virtualMfaDevices.scanBy('serialNumber', { after }).filter((device) => hasStatus(device, status)),
      position: ({ serialNumber }) => nameKey(serialNumber),
    })
    return { VirtualMFADevices: rows.map((device) => deviceView(device, scene)), ...truncation }
  },
})

function hasStatus({ assignment }: VirtualMfaDeviceRecord, status: AssignmentStatusType): boolean {
  return status === 'Any' || (assignment !== undefined) === (status === 'Assigned')
}

type ListScene = Pick<ReadScene<'ListVirtualMFADevices'>, 'account' | 'accountId' | 'activity'>

function deviceView({ serialNumber, assignment }: VirtualMfaDeviceRecord, scene: ListScene): VirtualMFADevice {
  if (assignment === undefined) return { SerialNumber: serialNumber }
  return {
    SerialNumber: serialNumber,
    User: ownerView(assignment.ownerId, scene),
    EnableDate: new Date(assignment.enabledAt),
  }
}

function ownerView(ownerId: string, { account, accountId, activity }: ListScene): User | undefined {
  const passwordLastUsed = activity.passwordLastUsed(ownerId)
  if (ownerId === accountId) return rootUserView(account, accountId, passwordLastUsed)
  const user = account.users.findBy('id', ownerId)
  return user === undefined ? undefined : userView(user, accountId, passwordLastUsed)
}
