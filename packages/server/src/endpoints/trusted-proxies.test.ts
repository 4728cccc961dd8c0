import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { test } from 'node:test'
import type { Origin } from './aws-api.ts'
import { plainAddress } from './plain-address.ts'
import { TrustedProxies } from './trusted-proxies.ts'

const RANGES = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/33', '::ffff:172.16.0.0/108']

/** What is made of a request over a connection that `speaker` opened. */
function originFrom(speaker: string, forwarded?: string, publicHost?: string): Origin | undefined {
  const proxies = new TrustedProxies(RANGES, publicHost)
  const socket = new Socket()
  proxies.setSpeaker(socket, speaker)
  return proxies.originOf({ socket, rawHeaders: forwarded === undefined ? [] : ['Forwarded', forwarded] })
}

test('an address has one spelling', () => {
  for (const [address, plain] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['example.com', ''],
    [undefined, ''],
  ] as const) {
    assert.equal(plainAddress(address), plain, address ?? 'none')
  }
})

test('a range holds its own family only, to the bit', () => {
  const proxies = new TrustedProxies(RANGES, undefined)
  const everyIpv6 = new TrustedProxies(['::/0'], undefined)
  for (const [address, isTrusted] of [
    ['10.255.255.255', true],
    ['11.0.0.0', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['2001:db8:7fff:ffff::1', true],
    ['2001:db8:8000::', false],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.0', false],
    ['::a00:1', false],
    ['', false],
    ['unknown', false],
  ] as const) {
    assert.equal(proxies.isTrusted(address), isTrusted, address)
  }
  assert.equal(everyIpv6.isTrusted('2001:db8::1'), true)
  assert.equal(everyIpv6.isTrusted('10.0.0.1'), false)
  assert.equal(new TrustedProxies(['0.0.0.0/0'], undefined).isTrusted('::1'), false)
})

test('what is no range is refused by name', () => {
  const wrong = [
    '10.0.0.0/33',
    'example.com',
    '10.0.0.0/',
    '::1/129',
    '10.0.0.0/8/9',
    '10.0.0.0/1e1',
    '10.0.0.0/-1',
    '',
  ]
  for (const range of [...wrong, '::ffff:10.0.0.0/95', 'fe80::1%eth0/64', ' 10.0.0.0/8']) {
    const fault = { name: 'ConfigurationFault', message: `\`${range}\` is not an IP address range, such as 10.0.0.0/8` }
    assert.throws(() => new TrustedProxies([range], undefined), fault, range)
  }
})

test('A-02, F-16, I-04: the first hop from the right that is no proxy of ours is the client', () => {
  for (const [forwarded, sourceIp] of [
    ['for=198.51.100.1', '198.51.100.1'],
    ['for=203.0.113.9, for=198.51.100.1', '198.51.100.1'],
    ['for=203.0.113.9, for=198.51.100.1, for=10.1.1.1, for="[2001:db8::5]:80"', '198.51.100.1'],
    ['for=203.0.113.9, for="[::ffff:198.51.100.1]", for="[::ffff:10.1.1.1]"', '198.51.100.1'],
    ['for=10.9.9.9, for=10.1.1.1', '10.9.9.9'],
    ['for=203.0.113.9, for=unknown, for=10.1.1.1', '10.0.0.2'],
    ['proto=https', '10.0.0.2'],
    ['', '10.0.0.2'],
    ['nonsense, for=198.51.100.1', '198.51.100.1'],
  ] as const) {
    assert.equal(originFrom('10.0.0.2', forwarded)?.sourceIp, sourceIp, forwarded)
  }
})

test('F-16: a Forwarded header whose client cannot be read leaves no origin, and so no call', () => {
  for (const forwarded of ['for="x, for=198.51.100.1', 'for=198.51.100.1, nonsense', 'for=1.2.3, for=10.1.1.1']) {
    assert.equal(originFrom('10.0.0.2', forwarded), undefined, forwarded)
  }
})

test('I-04: the way is secure when the proxy next to the client says https', () => {
  for (const [forwarded, isSecureTransport] of [
    ['for=198.51.100.1;proto=https', true],
    ['for=198.51.100.1;proto=HTTPS, for=10.1.1.1;proto=http', true],
    ['for=198.51.100.1;proto=http, for=10.1.1.1;proto=https', false],
    ['for=203.0.113.9;proto=https, for=198.51.100.1;proto=http', false],
    ['for=198.51.100.1', false],
    [undefined, false],
  ] as const) {
    assert.equal(originFrom('10.0.0.2', forwarded)?.isSecureTransport, isSecureTransport, forwarded ?? 'none')
  }
})

test('A-02, F-16: what anybody else says has no effect, a client whose bytes a trusted proxy passes on among them', () => {
  assert.deepEqual(originFrom('198.51.100.1', 'for=10.1.1.1;proto=https', 'iam.example.com'), {
    sourceIp: '198.51.100.1',
    isSecureTransport: false,
    host: undefined,
  })
  assert.equal(originFrom('10.0.0.2', undefined, 'iam.example.com')?.host, 'iam.example.com')
})

test('a connection that nobody announced has no origin', () => {
  const proxies = new TrustedProxies(RANGES, undefined)
  assert.equal(proxies.originOf({ socket: new Socket(), rawHeaders: ['Forwarded', 'for=198.51.100.1'] }), undefined)
})
