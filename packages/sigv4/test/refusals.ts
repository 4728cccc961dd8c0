/** What every test of a refusal asks: the code, the sentence, and which of the two says that it is a mismatch. */
import assert from 'node:assert/strict'

import type { HttpRequest } from '../src/http-request.ts'
import { readPresented } from '../src/read-presented.ts'
import type { SignatureFaultCode } from '../src/signature-fault.ts'
import { SignatureFault } from '../src/signature-fault.ts'
import { check } from './world.ts'

/** How AWS's sentence about a signature that does not match begins. */
export const MISMATCH: RegExp = /^The request signature we calculated does not match the signature you provided\./

/** Reads a request that must be refused, with this code and sentence; answers the fault. */
export function refusedReading(
  request: HttpRequest,
  code: SignatureFaultCode,
  message: RegExp | string = /./,
): SignatureFault {
  try {
    readPresented(request)
  } catch (fault) {
    assert(fault instanceof SignatureFault, String(fault))
    assert.equal(fault.code, code)
    if (typeof message === 'string') assert.equal(fault.message, message)
    else assert.match(fault.message, message)
    return fault
  }
  assert.fail(`was read although it should be refused with ${code}`)
}

/** Checks a request that must be refused, with this code and sentence. */
export function refusedProof(
  request: HttpRequest,
  code: SignatureFaultCode,
  ...[message = /./, options = {}]: [message?: RegExp | string, options?: Parameters<typeof check>[1]]
): void {
  try {
    check(request, options)
  } catch (fault) {
    assert(fault instanceof SignatureFault, String(fault))
    assert.equal(fault.code, code, fault.message)
    if (typeof message === 'string') assert.equal(fault.message, message)
    else assert.match(fault.message, message)
    assert.equal(fault.isMismatch, MISMATCH.test(fault.message))
    return
  }
  assert.fail(`was accepted although it should be refused with ${code}`)
}
