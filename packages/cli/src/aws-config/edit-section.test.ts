import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import fc from 'fast-check'

import { editSection } from './edit-section.ts'
import { parseIni, printIni } from './ini-lines.ts'
import { readSection } from './profile.ts'

const eol = fc.constantFrom('\n', '\r\n')
const section = fc.constantFrom(
  '[default]',
  '[profile a]',
  '[a]',
  '[profile "a b"]',
  ' [a] # mine',
  '[broken',
  '[a] junk',
)
const key = fc.constantFrom('region', 'aws_access_key_id', 'output', 's3', 'Region', 'key with spaces')
const line = fc.oneof(
  section,
  fc.tuple(key, fc.constantFrom(' = ', '=', ' : ', '= '), fc.string({ maxLength: 8 })).map((parts) => parts.join('')),
  fc.constantFrom('s3 =', '  max_concurrent_requests = 20', '    region = nested', '# region = x', '; note', '', '   '),
  fc.string({ maxLength: 12 }),
)
const file = fc
  .tuple(fc.array(line, { maxLength: 12 }), eol, fc.boolean())
  .map(([lines, end, isEnded]) => lines.map((text) => text.replaceAll(/[\r\n]/g, '')).join(end) + (isEnded ? end : ''))
const value = fc.stringMatching(/^[A-Za-z0-9/+:.]{1,20}$/)

fc.configureGlobal({ seed: 42, numRuns: 500 })

describe('lines of an AWS config file', () => {
  it('parse then print changes no byte', () => {
    fc.assert(fc.property(fc.oneof(file, fc.string()), (text) => printIni(parseIni(text)) === text))
  })

  it('a nested block belongs to the property above it and is no property of the section', () => {
    const text = '[default]\ns3 =\n  region = nested\noutput = json\n'
    assert.deepEqual(
      [...readSection(text, 'default')],
      [
        ['s3', ''],
        ['output', 'json'],
      ],
    )
  })

  it('a section may be indented, quoted and commented', () => {
    for (const header of [
      '[profile a b]',
      '[profile "a b"]',
      "  [profile  'a b' ] ; mine",
      '\u00ef\u00bb\u00bf[profile a b]',
    ]) {
      assert.equal(readSection(`${header}\nregion = x\n`, 'profile a b').get('region'), 'x', header)
    }
  })
})

describe('editing a section', () => {
  it('what is set is what is read', () => {
    fc.assert(
      fc.property(file, fc.constantFrom('a', 'default', 'profile a', 'new'), value, (text, name, set) => {
        const edited = editSection(text, name, { region: set, aws_access_key_id: undefined })
        const values = readSection(edited, name)
        assert.equal(values.get('region'), set)
        assert.equal(values.has('aws_access_key_id'), false)
      }),
    )
  })

  it('an edit done twice is the edit done once', () => {
    fc.assert(
      fc.property(file, value, (text, set) => {
        const once = editSection(text, 'a', { region: set })
        assert.equal(editSection(once, 'a', { region: set }), once)
      }),
    )
  })

  it('no other section changes, and the lines that stay keep their order and their bytes', () => {
    fc.assert(
      fc.property(file, value, (text, set) => {
        const edited = editSection(text, 'a', { region: set })
        for (const other of ['default', 'profile a', 'profile a b']) {
          assert.deepEqual([...readSection(edited, other)], [...readSection(text, other)])
        }
        const untouched = parseIni(text).filter((each) => each.kind !== 'nested' && !mentionsRegion(each.text))
        const after = parseIni(edited).map((each) => each.text)
        assert.ok(
          isSubsequence(
            untouched.map((each) => each.text),
            after,
          ),
        )
      }),
    )
  })

  it('an edit that changes nothing changes no byte', () => {
    fc.assert(fc.property(file, (text) => editSection(text, 'a', { 'no-such-key': undefined }) === text))
  })

  it('a new key goes behind the last setting of its section and not behind the comments of the next', () => {
    const text = '[a]\nregion = x\n\n# the other one\n[b]\nregion = y\n'
    assert.equal(
      editSection(text, 'a', { output: 'json' }),
      '[a]\nregion = x\noutput = json\n\n# the other one\n[b]\nregion = y\n',
    )
  })

  it('a file with CRLF keeps CRLF in what is added', () => {
    assert.equal(
      editSection('[a]\r\nregion = x', 'b', { region: 'y' }),
      '[a]\r\nregion = x\r\n\r\n[b]\r\nregion = y\r\n',
    )
  })

  it('a section is added to an empty file without a gap', () => {
    assert.equal(editSection('', 'a', { region: 'y' }), '[a]\nregion = y\n')
  })

  it('spacing and case of a key stay where every reader understands them, and else become `key = value`', () => {
    assert.equal(editSection('[a]\nregion=x\n', 'a', { region: 'y' }), '[a]\nregion=y\n')
    assert.equal(editSection('[a]\nRegion : x\n', 'a', { region: 'y' }), '[a]\nregion = y\n')
  })

  it('a comment behind a replaced value moves to its own line', () => {
    assert.equal(editSection('[a]\nregion = x # home\n', 'a', { region: 'y' }), '[a]\n# home\nregion = y\n')
  })

  it('a key that is taken away takes its nested block along and leaves the comments', () => {
    const text = '[a]\nservices =\n  iam = 1\n  # why\n  sts = 2\nregion = x\n'
    assert.equal(editSection(text, 'a', { services: undefined }), '[a]\n  # why\nregion = x\n')
  })

  it('a section that occurs twice is edited in both places', () => {
    assert.equal(
      editSection('[a]\nregion = 1\n[b]\n[a]\nregion = 2\n', 'a', { region: 'y' }),
      '[a]\nregion = y\n[b]\n[a]\nregion = y\n',
    )
  })

  it('a value that would break out of its line is refused without being shown', () => {
    for (const bad of ['x\n[b]', 'x\ry', 'a b', '']) {
      assert.throws(
        () => editSection('', 'a', { region: bad }),
        (error: Error) => error.message === 'value of `region` is not printable ASCII without spaces',
      )
    }
  })
})

function mentionsRegion(text: string): boolean {
  return /region/i.test(text)
}

function isSubsequence(parts: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const part of parts) {
    const found = whole.indexOf(part, at)
    if (found === -1) return false
    at = found + 1
  }
  return true
}
