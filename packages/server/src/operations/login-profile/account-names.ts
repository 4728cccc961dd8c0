import { findSingle } from '../../account/account-tables.ts'
import type { AccountNames } from '../../account/password/password-policy.ts'
import type { SceneView } from '../scene.ts'

/** The names of the caller's account that a password must not be. */
export function accountNames({ account, accountId, directory }: SceneView): AccountNames {
  return {
    alias: directory.accounts.find(accountId)?.alias,
    rootEmail: findSingle(account.account)?.rootEmail,
  }
}
