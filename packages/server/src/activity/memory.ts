/** Activity that lives as long as the process (the emulator, tests). */
import type { Activity } from './activity.ts'
import { actionsLastUsedOf, KEY_ITEM, keyLastUsedOf, PASSWORD_ITEM } from './use.ts'
import { UseTable } from './use-table.ts'

/** About 40 MB; beyond it the uses of new keys and principals are not kept. */
const SIZE_MAX = 200_000

/** An empty one. Flushing and closing do nothing. */
export function createMemoryActivity(): Activity {
  const table = new UseTable(SIZE_MAX)
  return {
    noteKeyUse: (use) => table.noteKeyUse(use),
    notePasswordUse: (use) => table.notePasswordUse(use),
    notePrincipalUse: (use) => table.notePrincipalUse(use),
    keyLastUsed: (accessKeyId) => {
      const use = table.find(accessKeyId, KEY_ITEM)
      return use && keyLastUsedOf(use)
    },
    passwordLastUsed: (userId) => table.find(userId, PASSWORD_ITEM)?.time,
    actionsLastUsed: (principalId) => actionsLastUsedOf(table.of(principalId)),
    forget: (id) => table.forget(id),
    forgetAccount: (accountId) => table.forgetAccount(accountId),
    flush: async () => {},
    close: async () => {},
  }
}
