import { readOperation } from '../operation.ts'
import { quotasView } from './quotas-view.ts'

/** iamd's own: the quotas that hold in the caller's account. */
export const GetAccountQuotas = readOperation('GetAccountQuotas', {
  authorize: () => ({ resource: '*' }),
  handle: (_call, { account }) => ({ Quotas: quotasView(account) }),
})
