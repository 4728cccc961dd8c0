import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam'

import { Failure } from '../failure.ts'
import { awsFilePaths, readAwsFiles } from './aws-files.ts'
import { editSecretFile } from './replace-file.ts'
import { findProfileConflict, writeProfile, type KeyProfile } from './write-profile.ts'

const alice: KeyProfile = {
  name: 'alice',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  endpointUrl: 'http://127.0.0.1:4263',
}

let folder = ''
let paths = { config: '', credentials: '' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iamd-profile-'))
  paths = awsFilePaths({
    AWS_CONFIG_FILE: join(folder, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws', 'credentials'),
  })
})
afterEach(() => rm(folder, { recursive: true }))

describe('writing a profile', () => {
  it('is all that the AWS SDK needs to call the endpoint in the region with the key', async (t) => {
    const authorizations: (string | undefined)[] = []
    const server = createServer((request, response) => {
      authorizations.push(request.headers.authorization)
      response.writeHead(403).end('<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>')
    })
    t.after(() => server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    await writeProfile(paths, { ...alice, region: 'eu-west-1', endpointUrl: `http://127.0.0.1:${address.port}` })
    assert.equal(await callWithSdk('alice'), alice.secretAccessKey)
    assert.match(
      authorizations.join(),
      new RegExp(`^AWS4-HMAC-SHA256 Credential=${alice.accessKeyId}/\\d{8}/eu-west-1/iam/`),
    )
  })

  it('`default` is `[default]` in both files', async () => {
    await writeProfile(paths, { ...alice, name: 'default', endpointUrl: undefined })
    assert.equal(await readFile(paths.config, 'utf8'), '[default]\nregion = us-east-1\n')
    assert.match(await readFile(paths.credentials, 'utf8'), /^\[default\]\naws_access_key_id = AKIA/)
  })

  it('`[profile default]` wins over `[default]` in the config file, so it is the one that is edited', async () => {
    await writeProfile(paths, { ...alice, name: 'first' })
    await writeFile(paths.config, '[default]\nregion = eu-west-1\n[profile default]\noutput = json\n')
    await writeProfile(paths, { ...alice, name: 'default' })
    assert.match(await readFile(paths.config, 'utf8'), /\[profile default\]\noutput = json\nregion = us-east-1\n/)
  })

  it('files are 0600 and their new folder 0700, and no temporary file stays', async () => {
    await writeProfile(paths, alice)
    for (const path of Object.values(paths)) assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.equal((await stat(join(folder, 'aws'))).mode & 0o777, 0o700)
    assert.deepEqual((await readdir(join(folder, 'aws'))).toSorted(), ['config', 'credentials'])
  })

  it('a file that others could read is 0600 afterwards', async () => {
    await writeProfile(paths, alice)
    await chmod(paths.credentials, 0o644)
    await writeProfile(paths, { ...alice, name: 'bob' })
    assert.equal((await stat(paths.credentials)).mode & 0o777, 0o600)
  })

  it('a symbolic link stays a link to the file that changes', async () => {
    await writeProfile(paths, alice)
    const link = join(folder, 'linked')
    await symlink(paths.config, link)
    await editSecretFile(link, (text) => `${text}# more\n`)
    assert.ok((await lstat(link)).isSymbolicLink())
    assert.match(await readFile(paths.config, 'utf8'), /# more\n$/)
  })

  it('bytes that are not UTF-8 come through unchanged', async () => {
    await writeProfile(paths, alice)
    const odd = Buffer.from([0x23, 0xff, 0xfe, 0x80, 0x0a])
    await writeFile(paths.config, odd)
    await writeProfile(paths, alice)
    const after = await readFile(paths.config)
    assert.deepEqual(after.subarray(0, odd.length), odd)
  })

  it('what another program wrote during the edit is kept', async () => {
    await writeProfile(paths, alice)
    const texts: string[] = []
    await editSecretFile(paths.config, (text) => {
      texts.push(text)
      if (texts.length === 1) writeFileSync(paths.config, '# theirs\n')
      return `${text}# ours\n`
    })
    assert.equal(await readFile(paths.config, 'utf8'), '# theirs\n# ours\n')
  })

  it('a file that cannot be written fails with its name and leaves nothing behind', async () => {
    await writeFile(join(folder, 'aws'), 'a file where the folder should be')
    await assert.rejects(writeProfile(paths, alice), (error: unknown) => {
      assert.ok(error instanceof Failure)
      assert.ok(error.message.includes(paths.config))
      assert.ok(!error.message.includes(alice.secretAccessKey))
      return true
    })
    assert.deepEqual(await readdir(folder), ['aws'])
  })
})

describe('a profile that is there', () => {
  it('with other credentials is a conflict that names the setting', async () => {
    const cases: [string, string, string | undefined][] = [
      ['', '[alice]\naws_access_key_id = AKIAX\n', 'credentials file: `aws_access_key_id`'],
      ['[profile alice]\nrole_arn = arn:x\n', '', 'config file: `role_arn`'],
      ['[profile alice]\nendpoint_url = http://other\n', '', 'config file: `endpoint_url = http://other`'],
      ['[profile alice]\nregion = eu-west-1\noutput = json\n', '', undefined],
      ['[alice]\nrole_arn = arn:x\n', '[bob]\naws_access_key_id = AKIAX\n', undefined],
    ]
    for (const [config, credentials, conflict] of cases) {
      assert.equal(findProfileConflict({ config, credentials }, alice), conflict)
    }
  })

  it('when overwritten has the new key only: no session token, role or other endpoint is left', async () => {
    await writeProfile(paths, alice)
    await writeFile(
      paths.config,
      '# mine\n[profile alice]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = y\nendpoint_url = http://x\n',
    )
    await writeFile(paths.credentials, '[alice]\naws_session_token = t\naws_access_key_id = AKIAOLD\n')
    await writeProfile(paths, { ...alice, endpointUrl: undefined })
    assert.equal(await readFile(paths.config, 'utf8'), '# mine\n[profile alice]\nregion = eu-west-1\n')
    assert.equal(findProfileConflict({ ...(await readAwsFiles(paths)), credentials: '' }, alice), undefined)
    assert.equal(
      await readFile(paths.credentials, 'utf8'),
      `[alice]\naws_access_key_id = ${alice.accessKeyId}\naws_secret_access_key = ${alice.secretAccessKey}\n`,
    )
  })
})

// The profile's name is all that the SDK is told; where it goes and how it signs comes out of the files. It goes by
// AWS_PROFILE, because the SDK overlooks `endpoint_url` of a profile that is named in a client's own options.
async function callWithSdk(profile: string): Promise<string> {
  process.env['AWS_CONFIG_FILE'] = paths.config
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = paths.credentials
  process.env['AWS_PROFILE'] = profile
  const client = new IAMClient({ maxAttempts: 1 })
  await assert.rejects(client.send(new GetUserCommand({})), { name: 'AccessDenied' })
  const { secretAccessKey } = await client.config.credentials()
  return secretAccessKey
}
