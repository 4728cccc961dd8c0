import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigurationFault } from '../config/configuration-fault.ts'
import { readTlsMaterial } from './tls-material.ts'

test('files that are missing or no certificate and key are named in one line', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'iamd-tls-'))
  t.after(() => rm(folder, { recursive: true }))
  const text = join(folder, 'text.pem')
  await writeFile(text, 'no certificate')
  const cases = [
    [{ certFile: join(folder, 'no.pem'), keyFile: text }, /^the TLS certificate `.*no\.pem` cannot be read: ENOENT/],
    [{ certFile: text, keyFile: join(folder, 'no.pem') }, /^the TLS key `.*no\.pem` cannot be read: ENOENT/],
    [{ certFile: text, keyFile: text }, /^`.*text\.pem` and `.*text\.pem` are not a PEM certificate/],
  ] as const
  for (const [files, message] of cases) {
    await assert.rejects(readTlsMaterial(files), (error) => {
      assert(error instanceof ConfigurationFault)
      assert.match(error.message, message)
      assert.equal(error.message.includes('\n'), false)
      return true
    })
  }
})
