/** Notices: what was done offline with the data directory, kept in the directory until a start has shown it. */
import type { NoticeRecord } from '../account/directory-tables.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** Takes these notices away; one that came since then stays. */
export async function clearNotices(
  notices: readonly NoticeRecord[],
  { ledger, newId }: { readonly ledger: Ledger; readonly newId: () => string },
): Promise<void> {
  if (notices.length === 0) return
  await ledger.write({
    requestId: newId(),
    action: 'iamd:ShowNotices',
    origin: { caller: 'iamd:operator', sourceIp: '', userAgent: '' },
    attempt: ({ directory }) => {
      for (const { id } of notices) directory.tables.notices.delete(id)
    },
  })
}
