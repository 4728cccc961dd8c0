import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JournalUnavailable } from '../journal/journal.ts'
import { WriteInDoubt } from '../ledger/ledger.ts'
import { faultOf } from './encode.ts'

test('only a caller whose write surely was not stored is told that nothing was changed', () => {
  const refused = faultOf(new JournalUnavailable('the disk is full'))
  assert.equal(refused?.code, 'ServiceUnavailable')
  assert.match(refused.message, /Nothing was changed/)
  const inDoubt = faultOf(new WriteInDoubt('the disk failed'))
  assert.equal(inDoubt?.code, 'ServiceUnavailable')
  assert.match(inDoubt.message, /not known whether the change was stored/)
})

test('a caller is told nothing of what went wrong inside', () => {
  assert.equal(faultOf(new TypeError('cannot read the record of user `ann`')), undefined)
  assert.doesNotMatch(faultOf(new JournalUnavailable('"/var/lib/iamd/journal" is full'))?.message ?? '', /var/)
})
