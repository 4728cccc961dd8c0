import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { usableRequest } from './admin-world.ts'
import { assertValidRequest, parseTag, type AdminRequest } from './admin-request.ts'

describe('a request', () => {
  it('may have every name, path and tag that IAM allows', () => {
    const allowed: readonly Partial<AdminRequest>[] = [
      { userName: 'a'.repeat(64) },
      { userName: 'A+b=c,d.e@f_g-9' },
      { groupName: 'g'.repeat(128) },
      { path: '/a//b/' },
      { path: `/${'x'.repeat(510)}/` },
      { tags: [{ key: 'Kostenstelle Süd', value: '' }] },
      { tags: Array.from({ length: 48 }, (_, index) => ({ key: `k${index}`, value: 'v'.repeat(256) })) },
    ]
    for (const each of allowed) assertValidRequest({ ...usableRequest, ...each })
  })

  it('is refused for what IAM would refuse halfway', () => {
    const refused: readonly [Partial<AdminRequest>, RegExp][] = [
      [{ userName: '' }, /is not a user name/],
      [{ userName: 'a'.repeat(65) }, /is not a user name/],
      [{ userName: 'a b' }, /is not a user name/],
      [{ userName: 'é' }, /is not a user name/],
      [{ groupName: 'g'.repeat(129) }, /is not a group name/],
      ...['', 'team', '/team', '//', '/a b/', '/ü/', `/${'x'.repeat(511)}/`].map(
        (path): [Partial<AdminRequest>, RegExp] => [{ path }, /is not a path/],
      ),
      [{ tags: [{ key: 'k'.repeat(129), value: '' }] }, /does not allow/],
      [{ tags: [{ key: 'k', value: 'v'.repeat(257) }] }, /does not allow/],
      [{ tags: [{ key: 'k', value: 'a,b' }] }, /does not allow/],
      [{ tags: [{ key: 'AWS:x', value: '' }] }, /reserved/],
      [{ tags: [{ key: 'iamd:created-by', value: 'me' }] }, /reserved/],
      [
        {
          tags: [
            { key: 'a', value: '' },
            { key: 'A', value: '' },
          ],
        },
        /given twice/,
      ],
      [{ tags: Array.from({ length: 49 }, (_, index) => ({ key: `k${index}`, value: '' })) }, /too many/],
    ]
    for (const [each, message] of refused) {
      assert.throws(
        () => assertValidRequest({ ...usableRequest, ...each }),
        { message, exitCode: 2 },
        JSON.stringify(each),
      )
    }
  })
})

describe('a typed tag', () => {
  it('is a key and a value, which may hold more equals signs or nothing', () => {
    assert.deepEqual(parseTag('a=b=c'), { key: 'a', value: 'b=c' })
    assert.deepEqual(parseTag('a='), { key: 'a', value: '' })
  })

  it('without a key or an equals sign is refused', () => {
    for (const text of ['', 'a', '=b']) assert.throws(() => parseTag(text), { exitCode: 2 })
  })
})
