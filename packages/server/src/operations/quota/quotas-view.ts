import type { Quota } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { allQuotas } from '../../account/quotas.ts'

/** Every quota of an account as answers show it. */
export function quotasView(account: AccountReader): Quota[] {
  return allQuotas(account).map(({ name, value }) => ({ Name: name, Value: value }))
}
