import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { isAwsHost, resolveTarget, type TargetOptions } from './target.ts'

let folder = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iamd-target-'))
  await writeFile(
    join(folder, 'config'),
    '[default]\nregion = eu-west-1\n[profile p]\nregion = eu-west-2\nendpoint_url = http://p.test\n',
  )
})
after(() => rm(folder, { recursive: true }))

describe('the target of a command', () => {
  it('is the local iamd where nothing names another', async () => {
    assert.deepEqual(await resolve({}, { AWS_CONFIG_FILE: join(folder, 'none') }), {
      endpointUrl: 'http://127.0.0.1:4263',
      region: 'us-east-1',
      profile: undefined,
    })
  })

  it('is named by the option, else the environment, else the profile', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://env.test', AWS_REGION: 'eu-north-1' }
    const options = { endpointUrl: 'http://option.test:1', region: 'eu-south-1', profile: 'p' }
    assert.deepEqual(await resolve(options, env), { ...options })
    assert.deepEqual(await resolve({ profile: 'p' }, env), {
      endpointUrl: 'http://env.test',
      region: 'eu-north-1',
      profile: 'p',
    })
    assert.deepEqual(await resolve({ profile: 'p' }, {}), {
      endpointUrl: 'http://p.test',
      region: 'eu-west-2',
      profile: 'p',
    })
    assert.deepEqual((await resolve({}, { AWS_PROFILE: 'p' })).endpointUrl, 'http://p.test')
    assert.deepEqual((await resolve({}, {})).region, 'eu-west-1')
    assert.equal(
      (await resolve({}, { ...env, AWS_ENDPOINT_URL_IAM: 'http://iam.test' })).endpointUrl,
      'http://iam.test',
    )
  })

  it('is AWS itself by `--aws` only, and then no endpoint', async () => {
    assert.equal((await resolve({ aws: true }, { AWS_ENDPOINT_URL: 'http://env.test' })).endpointUrl, undefined)
    await assert.rejects(resolve({ aws: true, endpointUrl: 'http://x.test' }, {}), {
      message: /two different targets/,
      exitCode: 2,
    })
    for (const endpointUrl of [
      'https://iam.amazonaws.com',
      'https://IAM.amazonaws.com:443/x',
      'https://iam.cn-north-1.amazonaws.com.cn',
    ]) {
      await assert.rejects(resolve({ endpointUrl }, {}), { message: /is AWS itself/, exitCode: 2 })
      await assert.rejects(resolve({}, { AWS_ENDPOINT_URL: endpointUrl }), { message: /is AWS itself/ })
    }
  })

  it('is not anything but an http or https address', async () => {
    for (const endpointUrl of ['', 'localhost:4263', 'ftp://x.test', 'http://']) {
      await assert.rejects(resolve({ endpointUrl }, {}), { message: /is not an http or https endpoint/, exitCode: 2 })
    }
  })
})

describe('a host name', () => {
  it('is one of AWS only below a suffix of AWS', () => {
    for (const host of ['iam.amazonaws.com', 'sts.eu-west-1.amazonaws.com', 'iam.global.api.aws', 'amazonaws.com']) {
      assert.ok(isAwsHost(host), host)
    }
    for (const host of ['amazonaws.com.evil.test', 'notamazonaws.com', '127.0.0.1', 'localhost', '']) {
      assert.ok(!isAwsHost(host), host)
    }
  })
})

function resolve(options: TargetOptions, env: Record<string, string>): ReturnType<typeof resolveTarget> {
  return resolveTarget(options, { AWS_CONFIG_FILE: join(folder, 'config'), ...env })
}
