import { isQuotaName } from '../../account/quotas.ts'
import { writeOperation } from '../operation.ts'
import { quotasView } from './quotas-view.ts'

/**
 * iamd's own: sets the quotas that are named, in the caller's account, and answers all. Those that are not named stay. A quota below what
 * is there takes nothing away: it only lets nothing be added.
 */
export const PutAccountQuotas = writeOperation('PutAccountQuotas', {
  authorize: () => ({ resource: '*' }),
  handle({ input: { Quotas } }, { account, error }) {
    const names = Quotas.map(({ Name }) => Name)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) throw error('ValidationException', `quota \`${twice}\` is given more than once`)
    for (const { Name: name, Value: value } of Quotas) {
      if (!isQuotaName(name)) throw error('ValidationException', `\`${name}\` is not a quota`)
      account.quotas.put({ name, value })
    }
    return { Quotas: quotasView(account) }
  },
})
