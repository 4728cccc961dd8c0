import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { isAccepted, runCampaign } from './mutations.ts'
import { SIGNED_BASES } from './signed-bases.ts'
import { withHeader } from './world.ts'

describe('a signature covers the whole request', () => {
  for (const { name, request } of SIGNED_BASES) {
    test(`the request that mutations start from is accepted: ${name}`, () => assert(isAccepted(request)))
  }

  test('no mutation of what is covered is accepted', () => {
    const { accepted, tried } = runCampaign(20_000, 20_260_314)
    assert.equal(tried, 20_000)
    assert.deepEqual(accepted, [])
  })

  test('a signature list without one of its names, and the header gone with it, is not accepted', () => {
    for (const { request } of SIGNED_BASES) {
      const rawHeaders = withHeader(request, 'Authorization', (value) => value.replace('content-type;', '')).rawHeaders
      const target = request.target.replace('content-type%3B', '')
      const kept = rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)] !== 'Content-Type')
      if (kept.length < request.rawHeaders.length) assert(!isAccepted({ ...request, target, rawHeaders: kept }))
    }
  })
})
