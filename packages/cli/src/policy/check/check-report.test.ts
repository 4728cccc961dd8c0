import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { checkFile, type CheckedFile } from './check-files.ts'
import { jsonReport, textReport } from './check-report.ts'

const plain = { paint: (_style: string, text: string) => text }

function checked(text: string, isStrict = false): CheckedFile {
  return checkFile({ name: 'a.json', text, hasLines: true }, { kind: undefined, isStrict })
}

const misspelt =
  '{\n\t"Version": "2012-10-17",\n\t"Statement": { "Effect": "Allow", "Acton": "s3:*", "Resource": "*" }\n}\n'

describe('a report of checked policies', () => {
  it('shows place, sentence, line and a caret below what is wrong', () => {
    assert.equal(
      textReport([checked(misspelt)], plain),
      [
        'a.json:3:36: error: Syntax errors in policy. [UnknownElement, identity]',
        '  `Acton` is not an element of the policy language',
        '  3 |  "Statement": { "Effect": "Allow", "Acton": "s3:*", "Resource": "*" }',
        '    |                                    ^',
        '',
        '1 file, 1 error, 0 warnings',
      ].join('\n'),
    )
  })

  it('shows only the neighbourhood of a place in a long line, and no control character', () => {
    const actions = Array.from({ length: 100 }, (_, index) => `"s3:Action${index}"`)
    const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[${actions.join(',')},"\u007fx"],"Resource":"*"}}`
    const [, , source = '', caret = ''] = textReport([checked(text)], plain).split('\n')
    assert.ok(source.length < 120)
    assert.doesNotMatch(source, /\p{Cc}/u)
    assert.equal(source.slice(caret.indexOf('^'), caret.indexOf('^') + 4), '" x"')
    assert.match(source, /^ {2}1 \| ….*$/)
  })

  it('says of a warning only once what it says, and nothing of a file without findings', () => {
    const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}}'
    const report = textReport([checked(text), checked(text.replace('Not', ''))], plain)
    assert.equal(report.split('allows every other action').length, 2)
    assert.match(report, /^a\.json:1:55: warning: .* \[AllowWithNotAction, identity\]\n {2}1 \| /)
    assert.match(report, /\n2 files, 0 errors, 1 warning$/)
  })

  it('counts warnings as errors when it is to be strict', () => {
    const text = '{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}'
    assert.match(textReport([checked(text)], plain), /1 file, 0 errors, 1 warning$/)
    assert.match(
      textReport([checked(text, true)], plain),
      /^a\.json:1:1: error: no `Version`.*1 file, 1 error, 0 warnings$/s,
    )
  })

  it('is as JSON what was found', () => {
    assert.deepEqual(JSON.parse(jsonReport([checked(misspelt)])), {
      errors: 1,
      warnings: 0,
      files: [
        {
          name: 'a.json',
          kind: 'identity',
          findings: [
            {
              code: 'UnknownElement',
              severity: 'error',
              message: 'Syntax errors in policy.',
              detail: '`Acton` is not an element of the policy language',
              line: 3,
              column: 36,
              path: 'Statement.Acton',
            },
          ],
        },
      ],
    })
  })
})
