/** Finds whose access key it is. Says nothing about whether the caller holds the secret: that is `stages/authenticate`. */
import type { AccountImage } from '../account/account-tables.ts'
import { rootArn, userArn } from '../account/arns.ts'
import type { Principal } from '../account/principal.ts'
import type { AccessKeyRecord } from '../account/records.ts'

export interface KeyHolder {
  readonly key: AccessKeyRecord
  readonly principal: Principal
}

/** Undefined when there is no such active key, or when its owner cannot be read. */
export function findKeyHolder(accountId: string, image: AccountImage, accessKeyId: string): KeyHolder | undefined {
  const key = image.tables.accessKeys.find(accessKeyId)
  if (key === undefined || key.status !== 'Active') return undefined
  if (image.isDamaged(accessKeyId) || image.isDamaged(key.ownerId)) return undefined
  if (key.ownerId === accountId) {
    return { key, principal: { kind: 'root', accountId, arn: rootArn(accountId), id: accountId, accessKeyId } }
  }
  const user = image.tables.users.findBy('id', key.ownerId)
  if (user === undefined) return undefined
  const arn = userArn(accountId, user.path, user.name)
  return { key, principal: { kind: 'user', accountId, arn, id: user.id, name: user.name, accessKeyId } }
}
