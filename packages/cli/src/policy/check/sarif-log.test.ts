/** What a SARIF 2.1.0 log must have, by the sections of the OASIS specification. */
import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'

import { checkFile } from './check-files.ts'
import { sarifLog } from './sarif-log.ts'

type Json = Readonly<Record<string, unknown>>

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectIn(owner: Json, name: string): Json {
  const value = owner[name]
  assert.ok(isJson(value), `\`${name}\` is an object`)
  return value
}

function listIn(owner: Json, name: string): readonly Json[] {
  const value = owner[name]
  assert.ok(Array.isArray(value), `\`${name}\` is a list`)
  return value.map((item: unknown) => {
    assert.ok(isJson(item), `an item of \`${name}\` is an object`)
    return item
  })
}

function textIn(owner: Json, name: string): string {
  const value = owner[name]
  assert.ok(typeof value === 'string' && value !== '', `\`${name}\` is a text`)
  return value
}

function logOf(...names: readonly string[]): Json {
  const text = '{\n"Statement": [{"Effect": "Allow", "Action": "x", "Resource": "*", "Principal": "*"}]}'
  const options = { kind: 'managed', isStrict: false } as const
  const log: unknown = JSON.parse(sarifLog(names.map((name) => checkFile({ name, text, hasLines: true }, options))))
  assert.ok(isJson(log))
  return log
}

describe('a SARIF log', () => {
  it('has the members that the format requires, with values that it allows', () => {
    const log = logOf('a.json', path.join('b c', 'd#.json'), path.resolve('/elsewhere/e.json'), '-')
    // Sections 3.13.2 and 3.13.4: the version, and at least one run.
    assert.equal(log['version'], '2.1.0')
    const [run, ...others] = listIn(log, 'runs')
    assert.ok(run !== undefined && others.length === 0)
    // Sections 3.14.6, 3.18.2 and 3.19.8: a run's tool, its driver, the driver's name.
    const driver = objectIn(objectIn(run, 'tool'), 'driver')
    textIn(driver, 'name')
    const rules = listIn(driver, 'rules')
    const ids = rules.map((rule) => textIn(rule, 'id'))
    assert.deepEqual(ids, [...new Set(ids)])
    // Section 3.14.17.
    assert.equal(run['columnKind'], 'utf16CodeUnits')
    const results = listIn(run, 'results')
    assert.ok(results.length >= 8)
    for (const result of results) {
      // Sections 3.27.5, 3.27.6 and 3.27.10.
      assert.equal(ids[Number(result['ruleIndex'])], textIn(result, 'ruleId'))
      assert.ok(['none', 'note', 'warning', 'error'].includes(textIn(result, 'level')))
      // Section 3.27.11 and 3.11.8.
      textIn(objectIn(result, 'message'), 'text')
      for (const location of listIn(result, 'locations')) {
        const place = objectIn(location, 'physicalLocation')
        // Section 3.4.3: a valid URI reference.
        const uri = textIn(objectIn(place, 'artifactLocation'), 'uri')
        assert.match(uri, /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$/)
        // Sections 3.30.5 and 3.30.6: lines and columns begin with 1.
        const region = objectIn(place, 'region')
        for (const name of ['startLine', 'startColumn'])
          assert.ok(Number.isInteger(region[name]) && Number(region[name]) >= 1)
      }
    }
  })

  it('names files relative to the folder where it was made, and others by their URL', () => {
    const [run] = listIn(logOf('a.json', path.join('b c', 'd#.json'), path.resolve('/elsewhere/e.json'), '-'), 'runs')
    const uris = listIn(run ?? {}, 'artifacts').map((artifact) => textIn(objectIn(artifact, 'location'), 'uri'))
    assert.deepEqual(uris.slice(0, 2), ['a.json', 'b%20c/d%23.json'])
    assert.match(uris[2] ?? '', /^file:\/\/\/.*elsewhere\/e\.json$/)
    assert.equal(uris[3], 'stdin')
  })

  it('says in a message what AWS says and what is meant', () => {
    const [run] = listIn(logOf('a.json'), 'runs')
    const texts = listIn(run ?? {}, 'results').map((result) => textIn(objectIn(result, 'message'), 'text'))
    assert.equal(
      texts[0],
      'Policy document must be version 2012-10-17 or greater. (no `Version`, which means 2008-10-17)',
    )
  })
})
