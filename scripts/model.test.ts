import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { type Constraints, readApiModel } from '../tools/codegen/read-api-model.ts'

const model = path.join(import.meta.dirname, '../model')

function readJson(name: string): Record<string, unknown> {
  const file: Record<string, unknown> = JSON.parse(readFileSync(path.join(model, name), 'utf8'))
  return file
}

const constraints: { readonly services: Record<'iam' | 'sts', Constraints> } = JSON.parse(
  readFileSync(path.join(model, 'constraints.json'), 'utf8'),
)

for (const [service, client] of [
  ['iam', iam],
  ['sts', sts],
] as const) {
  const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(`@aws-sdk/client-${service}`)), '..')

  test(`model/${service}.json is what the installed AWS SDK and model/constraints.json say`, () => {
    const facts = readApiModel({
      exports: client,
      declarations: path.join(folder, 'dist-types'),
      constraints: constraints.services[service],
    })
    const { errors, operations, shapes } = readJson(`${service}.json`)
    assert.deepEqual({ ...facts }, { errors, operations, shapes })
  })
}

test('every file of the model says where its facts come from, and when they were read', () => {
  for (const name of ['iam.json', 'sts.json', 'iamd.json', 'constraints.json']) {
    const { source, date } = readJson(name)
    assert.match(String(source), /\S/, name)
    assert.match(String(date), /^\d{4}-\d\d-\d\d$/, name)
  }
})

test('every limit of the constraints belongs to a shape that an operation reaches', () => {
  for (const service of ['iam', 'sts'] as const) {
    const { shapes } = readJson(`${service}.json`)
    const unused = Object.keys(constraints.services[service].types).filter((name) => !(name in Object(shapes)))
    assert.deepEqual(unused, [])
  }
})
