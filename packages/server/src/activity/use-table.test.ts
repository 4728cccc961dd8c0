import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UseTable } from './use-table.ts'

test('a full table drops what is new, counts it, and goes on merging what it has', () => {
  const table = new UseTable(2)
  for (const userId of ['AIDA1', 'AIDA2', 'AIDA3', 'AIDA3'])
    table.notePasswordUse({ accountId: '1', userId, time: 1000 })
  assert.deepEqual([table.size, table.dropped], [2, 2])
  table.notePasswordUse({ accountId: '1', userId: 'AIDA2', time: 9000 })
  assert.equal(table.find('AIDA2', 'password')?.time, 9000)
  assert.deepEqual([table.size, table.dropped], [2, 2])
})

test('a use that was removed makes room', () => {
  const table = new UseTable(1)
  table.notePasswordUse({ accountId: '1', userId: 'AIDA1', time: 1000 })
  for (const use of table.all()) table.remove(use)
  table.notePasswordUse({ accountId: '1', userId: 'AIDA2', time: 1000 })
  assert.deepEqual([table.size, table.dropped], [1, 0])
})

test('a use that a later one has replaced is not removed', () => {
  const table = new UseTable(10)
  table.notePasswordUse({ accountId: '1', userId: 'AIDA1', time: 1000 })
  const [sent] = [...table.all()]
  assert.ok(sent !== undefined)
  table.notePasswordUse({ accountId: '1', userId: 'AIDA1', time: 2000 })
  table.remove(sent)
  assert.equal(table.find('AIDA1', 'password')?.time, 2000)
})

test('the size is the number of uses, through every way of adding and removing', () => {
  const table = new UseTable(100)
  for (let index = 0; index < 10; index += 1) {
    const principalId = `AIDA${index % 3}`
    const use = { accountId: String(index % 2), principalId, region: 'us-east-1', allowed: true, time: 1000 }
    table.notePrincipalUse({ ...use, action: `iam:Action${index}` })
    assert.equal(table.size, [...table.all()].length)
  }
  table.forget('AIDA1')
  assert.equal(table.size, [...table.all()].length)
  table.forget('AIDA1')
  table.forgetAccount('0')
  assert.equal(table.size, [...table.all()].length)
  assert.ok(table.size > 0)
})

test('a repeated use in the same second keeps the very same record', () => {
  const table = new UseTable(10)
  const key = { accountId: '1', accessKeyId: 'AKIA', service: 'iam', region: 'us-east-1' }
  const principal = { accountId: '1', principalId: 'AIDA', action: 'iam:GetUser', region: 'us-east-1', allowed: true }
  table.noteKeyUse({ ...key, time: 5001 })
  table.notePrincipalUse({ ...principal, time: 5001 })
  const before = [...table.all()]
  table.noteKeyUse({ ...key, time: 5999 })
  table.notePrincipalUse({ ...principal, time: 5999 })
  assert.deepEqual(
    [...table.all()].map((use, index) => use === before[index]),
    [true, true],
  )
})
