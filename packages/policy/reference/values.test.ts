import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOf, bytesOf, isInNetwork, networkOf, numberOf, requestAddressOf, timeOf, truthOf } from './values.ts'

describe('values of conditions', () => {
  it('F-20: a number is decimal; 01, +1, 1.0 and 1e0 are one', () => {
    for (const text of ['1', '01', '+1', '1.0', '1e0', '10e-1', '0.1E1'])
      assert.equal(numberOf(text), numberOf('1'), text)
    assert.notEqual(numberOf('9007199254740993'), numberOf('9007199254740992'))
    for (const text of ['', ' 1', '1 ', 'one', '0x1', 'NaN', 'Infinity', '-Infinity', '--1', '1,0', '.', 'e1']) {
      assert.equal(numberOf(text), undefined, text)
    }
    assert.ok((numberOf('1e999') ?? 0n) > (numberOf('1e998') ?? 0n))
    assert.equal(numberOf('-2.5'), -(numberOf('2.5') ?? 0n))
  })

  it('F-20: a time is RFC 3339, a day, or seconds since 1970, to the millisecond', () => {
    assert.equal(timeOf('1970-01-02'), 86_400_000)
    assert.equal(timeOf('1970-01-01T00:00:01Z'), 1000)
    assert.equal(timeOf('1970-01-01T01:00:01.5+01:00'), 1500)
    assert.equal(timeOf('1969-12-31T23:00:00-01:00'), 0)
    assert.equal(timeOf('1970-01-01T00:00:00.0019Z'), 1)
    assert.equal(timeOf('1970-01-01T00:01Z'), 60_000)
    assert.equal(timeOf('1970-1-2T0:1'), 86_460_000)
    assert.equal(timeOf('+1970-01T00:00:01-0030'), 1_801_000)
    assert.equal(timeOf('-1'), Date.UTC(-1, 0, 1))
    assert.ok((timeOf('+1') ?? 0) < (timeOf('99-1-1') ?? 0) && (timeOf('99-1-1') ?? 0) < 0)
    assert.equal(timeOf('1577836800'), Date.UTC(2020, 0, 1))
    assert.equal(timeOf('2024-02-29'), Date.UTC(2024, 1, 29))
    const wrong = [
      '',
      'now',
      '2023-02-29',
      '2020-13-01',

      '2020-01-01T24:00:00Z',
      '2020-01-01T00:00:00+1',
      '2020-001',
      '2020-01-01Z',
      '2020-01-01T12.5',
      '1e3',
      '1.5',
    ]
    for (const text of wrong) assert.equal(timeOf(text), undefined, text)
  })

  it('true is true in any case, and nothing else is', () => {
    assert.deepEqual(['true', 'TRUE', 'True', 'yes', '1', '', 'false'].map(truthOf), [
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('base64 stands for its bytes', () => {
    assert.equal(bytesOf('QQ=='), 'A')
    assert.equal(bytesOf(''), '')
    for (const text of ['QQ', 'QQ=', '*', 'QQ==QQ==', 'QR==']) assert.equal(bytesOf(text), undefined, text)
  })

  it('F-19: addresses are read one way', () => {
    assert.equal(addressOf('::1'), `${'0'.repeat(127)}1`)
    assert.equal(addressOf('1:0:0:0:0:0:0:1'), addressOf('1::1'))
    assert.equal(addressOf('2001:DB8::'), addressOf('2001:db8::0'))
    assert.equal(addressOf('::1.2.3.4'), addressOf('::102:304'))
    const wrong = [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.256',
      '01.2.3.4',
      '1::2::3',
      '1:2:3:4:5:6:7',
      ':::',
      ':1',
      'fe80::1%eth0',
      '::g',
      '::12345',
    ]
    for (const text of wrong) assert.equal(addressOf(text), undefined, text)
    for (const text of ['1.2.3.4', '::ffff:1.2.3.4', '::ffff:102:304'])
      assert.equal(requestAddressOf(text)?.length, 32, text)
  })

  it('F-19: networks keep their family, and an IPv6 network with host bits holds nobody', () => {
    const holds = (address: string, network: string): boolean => {
      const [found, range] = [requestAddressOf(address), networkOf(network)]
      return found !== undefined && range !== undefined && isInNetwork(found, range)
    }
    for (const network of ['10.0.0.0/8', '10.9.9.9/8', '0.0.0.0/0', '10.1.2.3', '10.1.2.3/32'])
      assert.ok(holds('10.1.2.3', network), network)
    for (const network of [
      '10.1.2.4',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '::/0',
      '::ffff:10.1.2.3',
    ]) {
      assert.ok(!holds('10.1.2.3', network), network)
    }
    assert.ok(holds('::ffff:10.1.2.3', '10.0.0.0/8'))
    assert.ok(!holds('::ffff:10.1.2.3', '::/0'))
    assert.ok(holds('2001:db8::1', '2001:db8::/32'))
    assert.ok(holds('2001:db8::1', '2001:db8::1'))
    assert.ok(!holds('2001:db8::1', '2001:db8::1/32'))
    assert.ok(!holds('2001:db8::1', '0.0.0.0/0'))
  })
})
