import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, describe, it } from 'node:test'

import { CallFailure } from './account-api.ts'
import { openSdkAccount } from './sdk-account.ts'

// The service behind the SDK, told what to answer; what was asked of it is kept as it came over the wire.
let server: Server
let endpointUrl = ''
let requests: URLSearchParams[] = []
let answers: (action: string) => { status: number; body: string } = () => ({ status: 500, body: '' })
const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'secret' }

before(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const form = new URLSearchParams(body)
      requests.push(form)
      const { status, body: answer } = answers(form.get('Action') ?? '')
      response.writeHead(status, { 'content-type': 'text/xml' }).end(answer)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  endpointUrl = `http://127.0.0.1:${address.port}`
})
after(() => server.close())
beforeEach(() => {
  requests = []
})

describe('an account through the AWS SDK', () => {
  it('answers undefined for what is not there', async () => {
    answers = () => ({ status: 404, body: errorXml('NoSuchEntity') })
    const api = openHere()
    assert.deepEqual(
      await Promise.all([api.findUser('a'), api.findGroup('a'), api.findPasswordPolicy(), api.hasLoginProfile('a')]),
      [undefined, undefined, undefined, false],
    )
  })

  it('sends a new user with path and tags as IAM reads them', async () => {
    answers = () => ({
      status: 200,
      body: '<CreateUserResponse><CreateUserResult><User><UserName>a</UserName><Path>/t/</Path><Arn>arn:u</Arn></User></CreateUserResult></CreateUserResponse>',
    })
    const user = await openHere().createUser({ name: 'a', path: '/t/', tags: [{ key: 'k', value: 'v' }] })
    assert.deepEqual(user, { name: 'a', path: '/t/', arn: 'arn:u', tags: [] })
    assert.deepEqual(Object.fromEntries(requests[0] ?? []), {
      Action: 'CreateUser',
      Version: '2010-05-08',
      UserName: 'a',
      Path: '/t/',
      'Tags.member.1.Key': 'k',
      'Tags.member.1.Value': 'v',
    })
  })

  it('collects the pages of a list', async () => {
    answers = () =>
      requests.length === 1
        ? { status: 200, body: groupsXml('one', '<IsTruncated>true</IsTruncated><Marker>m</Marker>') }
        : { status: 200, body: groupsXml('two', '<IsTruncated>false</IsTruncated>') }
    assert.deepEqual(await openHere().listGroups(), [
      { name: 'one', id: 'id-one' },
      { name: 'two', id: 'id-two' },
    ])
    assert.equal(requests[1]?.get('Marker'), 'm')
  })

  it('takes what a service does not offer for what a user cannot have', async () => {
    answers = (action) =>
      action === 'ListUserPolicies'
        ? {
            status: 200,
            body: '<ListUserPoliciesResponse><ListUserPoliciesResult><PolicyNames><member>p</member></PolicyNames></ListUserPoliciesResult></ListUserPoliciesResponse>',
          }
        : { status: 400, body: errorXml('InvalidAction') }
    assert.deepEqual(await openHere().listOtherBelongings('a'), ['inline policy `p`'])
  })

  it('does not take a refusal for "there is nothing"', async () => {
    answers = () => ({ status: 403, body: errorXml('AccessDenied') })
    await assert.rejects(openHere().listOtherBelongings('a'), { code: 'AccessDenied' })
    await assert.rejects(openHere().findUser('a'), { code: 'AccessDenied' })
  })

  it('tells a web page from an answer of IAM, at the first try', async () => {
    answers = () => ({ status: 200, body: '<html><title>welcome</html>' })
    await assert.rejects(openHere().getCaller(), (error: unknown) => {
      assert.ok(error instanceof CallFailure)
      assert.match(error.message, /GetCallerIdentity got no answer that can be relied on: .*not one of IAM/)
      return true
    })
    assert.equal(requests.length, 1)
  })
})

describe('the wall around the target', () => {
  it('keeps calls for AWS away from an endpoint in the environment', async () => {
    process.env['AWS_ENDPOINT_URL'] = endpointUrl
    try {
      const api = openSdkAccount({ endpointUrl: undefined, region: 'us-east-1', profile: undefined }, key)
      await assert.rejects(api.getCaller(), {
        message: /`--aws` was given, but an endpoint .* leads to `127\.0\.0\.1`/,
        exitCode: 2,
      })
      await assert.rejects(api.findUser('a'), { exitCode: 2 })
    } finally {
      delete process.env['AWS_ENDPOINT_URL']
    }
    assert.deepEqual(requests, [])
  })

  it('keeps calls for an endpoint away from AWS', async () => {
    const target = { endpointUrl: 'https://iam.amazonaws.com', region: 'us-east-1', profile: undefined }
    await assert.rejects(openSdkAccount(target, key).findUser('a'), { message: /would go to AWS/, exitCode: 2 })
  })
})

function openHere(): ReturnType<typeof openSdkAccount> {
  return openSdkAccount({ endpointUrl, region: 'us-east-1', profile: undefined }, key)
}

function errorXml(code: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>why</Message></Error></ErrorResponse>`
}

function groupsXml(name: string, rest: string): string {
  const group = `<Groups><member><GroupName>${name}</GroupName><GroupId>id-${name}</GroupId></member></Groups>`
  return `<ListGroupsResponse><ListGroupsResult>${group}${rest}</ListGroupsResult></ListGroupsResponse>`
}
