import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseInstant } from './instant.ts'

describe('parseInstant', () => {
  it('law: reads every time that Date writes, to the millisecond', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => {
        assert.equal(parseInstant(date.toISOString()), date.getTime())
        assert.equal(
          parseInstant(date.toISOString().slice(0, 10)),
          Math.floor(date.getTime() / 86_400_000) * 86_400_000,
        )
      }),
      { numRuns: 3_000 },
    )
  })

  it('law: an offset moves the time by itself', () => {
    const offsets = fc.record({ sign: fc.constantFrom('+', '-'), hours: fc.nat(23), minutes: fc.nat(59) })
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        offsets,
        (date, { sign, hours, minutes }) => {
          const pad = (number: number): string => String(number).padStart(2, '0')
          const text = date.toISOString().replace('Z', `${sign}${pad(hours)}:${pad(minutes)}`)
          const shift = (hours * 60 + minutes) * 60_000
          assert.equal(parseInstant(text), date.getTime() + (sign === '+' ? -shift : shift))
        },
      ),
    )
  })

  it('O-08: knows which days there are, as Date does not', () => {
    const days = [
      '2025-02-29',
      '2026-02-30',
      '2026-04-31',
      '1900-02-29',
      '2100-02-29',
      '2026-00-01',
      '2026-01-00',
      '2026-13-01',
      '2026-01-32',
    ]
    for (const day of days) assert.equal(parseInstant(day), undefined, day)
    for (const day of ['2024-02-29', '2000-02-29', '2400-02-29', '0000-02-29'])
      assert.equal(parseInstant(day), Date.parse(day), day)
  })

  it('O-08: takes none of what Date is lenient with', () => {
    assert.equal(parseInstant('2026'), 2_026_000)
    assert.equal(parseInstant('20260101'), 20_260_101_000)
    for (const text of ['Jan 1, 2026', '2026/01/01', '2026-01-01 00:00:00', ' 2026-01-01', '2026-01-01\n']) {
      assert.equal(parseInstant(text), undefined, text)
    }
  })

  it('cuts fractions of a millisecond, and takes nine digits of a second', () => {
    assert.equal(parseInstant('1970-01-01T00:00:00.0019Z'), 1)
    assert.equal(parseInstant('1970-01-01T00:00:00.5Z'), 500)
    assert.equal(parseInstant('1970-01-01T00:00:00.123456789Z'), 123)
    assert.equal(parseInstant('1970-01-01T00:00:00.1234567891Z'), undefined)
  })

  it('takes offsets of less than a day', () => {
    assert.equal(parseInstant('1970-01-01T00:00:00-23:59'), 86_340_000)
    for (const offset of ['+24:00', '-24:00', '+10:60', '+1', '+1:00', '+100', '+10:0', 'ZZ', '+']) {
      const text = `1970-01-01T00:00:00${offset}`
      assert.equal(parseInstant(text), undefined, text)
    }
  })

  it('takes the years of IAM, which are those of 64 bits of milliseconds', () => {
    assert.notEqual(parseInstant('-292275054'), undefined)
    assert.notEqual(parseInstant('292278993-12-31T'), undefined)
    assert.equal(parseInstant('292278994-01-01'), undefined)
    assert.equal(parseInstant('-292275055-12-31'), undefined)
  })
})
