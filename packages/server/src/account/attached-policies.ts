import { type AccountReader, pairKey } from './account-tables.ts'

/** Sorts after every unique id, of which the index has one after each ARN. */
const AFTER_EVERY_ID = '~'

/** The ARN of each managed policy that is attached to anything, once, in order; after that ARN, when given. Costs what it yields. */
export function* attachedPolicyArns(account: AccountReader, after?: string): Generator<string> {
  let last = after
  for (;;) {
    const start = last === undefined ? undefined : pairKey(last, AFTER_EVERY_ID)
    const [next] = account.attachments.scanBy('policy', { after: start }).take(1)
    if (next === undefined) return
    last = next.policyArn
    yield last
  }
}
