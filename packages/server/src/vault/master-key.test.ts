import assert from 'node:assert/strict'
import { execPath } from 'node:process'
import { suite, test } from 'node:test'
import { masterKeyId, newMasterKey, parseMasterKeyCommand, readMasterKey } from './master-key.ts'

const KEY = newMasterKey()

/** A command that runs a line of JavaScript. */
function nodeCommand(script: string): { kind: 'command'; argv: readonly string[] } {
  return { kind: 'command', argv: [execPath, '-e', script] }
}

suite('the master key from the environment', () => {
  test('is 32 bytes in base64, with or without white space around', async () => {
    for (const value of [KEY, `${KEY}\n`, `  ${KEY}\r\n`]) {
      assert.deepEqual(await readMasterKey({ kind: 'environment', value }), Buffer.from(KEY, 'base64'))
    }
  })

  test('is refused when it is not set', async () => {
    await assert.rejects(readMasterKey({ kind: 'environment', value: undefined }), {
      name: 'VaultFault',
      message: 'the environment variable IAMD_MASTER_KEY is not set',
    })
  })

  test('is refused when it is anything else, and is not repeated in the message', async () => {
    const hex = Buffer.from(KEY, 'base64').toString('hex')
    for (const value of ['', 'changeme', KEY.slice(1), `${KEY}A`, hex, KEY.replace('=', ''), `${KEY} ${KEY}`]) {
      await assert.rejects(readMasterKey({ kind: 'environment', value }), {
        name: 'VaultFault',
        message: 'the environment variable IAMD_MASTER_KEY does not hold 32 bytes in base64',
      })
    }
  })

  test('M-02: a placeholder is no key', async () => {
    for (const byte of [0, 0x41, 0xff]) {
      const value = Buffer.alloc(32, byte).toString('base64')
      await assert.rejects(readMasterKey({ kind: 'environment', value }), /holds one byte repeated, which is no key$/)
    }
  })
})

suite('the master key from a command', () => {
  test('is what the command prints', async () => {
    const command = nodeCommand(`console.log(${JSON.stringify(KEY)})`)
    assert.deepEqual(await readMasterKey(command), Buffer.from(KEY, 'base64'))
  })

  test('is run without a shell: its arguments are taken as they are', async () => {
    const argv = [execPath, '-e', 'process.stdout.write(process.argv[1])', KEY]
    assert.deepEqual(await readMasterKey({ kind: 'command', argv }), Buffer.from(KEY, 'base64'))
    const inert = { kind: 'command', argv: [`echo ${KEY}; echo`] } as const
    await assert.rejects(readMasterKey(inert), /it did not run \(ENOENT\)$/)
  })

  test('a failing command is one line that shows nothing of what it printed', async () => {
    const secret = `console.log(${JSON.stringify(KEY)}); console.error(${JSON.stringify(KEY)}); process.exit(3)`
    await assert.rejects(readMasterKey(nodeCommand(secret)), {
      name: 'VaultFault',
      message: `the master key command \`${execPath}\` failed: it exited with 3`,
    })
  })

  test('a command that prints without end is stopped', async () => {
    await assert.rejects(
      readMasterKey(nodeCommand("setInterval(() => process.stdout.write('A'.repeat(65536)), 1)")),
      /it printed more than 4096 bytes$/,
    )
  })

  test('a command that prints no key is refused', async () => {
    await assert.rejects(readMasterKey(nodeCommand("console.log('hello')")), /does not hold 32 bytes in base64$/)
  })
})

suite('the master key command line', () => {
  test('is words between spaces, or a JSON array when a word has spaces', () => {
    assert.deepEqual(parseMasterKeyCommand('  vault  read -field=key secret/iamd '), [
      'vault',
      'read',
      '-field=key',
      'secret/iamd',
    ])
    assert.deepEqual(parseMasterKeyCommand('["/opt/my vault", "read", ""]'), ['/opt/my vault', 'read', ''])
  })

  test('is refused when it names no program', () => {
    for (const text of ['', '  ', '[]', '[1]', '["a"', '[["a"]]', '[""]']) {
      assert.throws(() => parseMasterKeyCommand(text), { name: 'VaultFault' }, text)
    }
  })
})

test('the id of a master key tells keys apart and is not part of the key', () => {
  const [one, other] = [newMasterKey(), newMasterKey()].map((key) => Buffer.from(key, 'base64'))
  assert.ok(one !== undefined && other !== undefined)
  assert.match(masterKeyId(one), /^[0-9a-f]{16}$/)
  assert.notEqual(masterKeyId(one), masterKeyId(other))
  assert.equal(masterKeyId(one), masterKeyId(one))
  assert.ok(!one.toString('hex').includes(masterKeyId(one)))
})
