import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import fc from 'fast-check'

import { credentialsCsv } from './credentials-csv.ts'

describe('a credentials file', () => {
  it('has the header and the empty fields of the AWS console', () => {
    const credentials = {
      userName: 'alice',
      password: undefined,
      accessKeyId: 'AKIA',
      secretAccessKey: 's',
      consoleUrl: undefined,
    }
    assert.equal(
      credentialsCsv(credentials),
      'User name,Password,Access key ID,Secret access key,Console login link\r\nalice,,AKIA,s,\r\n',
    )
  })

  it('gives every field back to a reader of RFC 4180', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 5, maxLength: 5 }), (fields) => {
        const [userName = '', password, accessKeyId, secretAccessKey, consoleUrl] = fields
        const text = credentialsCsv({ userName, password, accessKeyId, secretAccessKey, consoleUrl })
        assert.deepEqual(readCsv(text)[1], fields)
      }),
      { seed: 42 },
    )
  })
})

// A reader written from the grammar of RFC 4180, section 2, character by character.
function readCsv(text: string): string[][] {
  const records: string[][] = [['']]
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const record = records.at(-1) ?? []
    const append = (more: string): void => void record.push(`${record.pop() ?? ''}${more}`)
    if (isQuoted && text.startsWith('""', at)) {
      append('"')
      at += 1
    } else if (text[at] === '"') isQuoted = !isQuoted
    else if (!isQuoted && text[at] === ',') record.push('')
    else if (!isQuoted && text.startsWith('\r\n', at)) {
      records.push([''])
      at += 1
    } else append(text[at] ?? '')
  }
  return records
}
