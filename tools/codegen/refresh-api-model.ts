/**
 * Refreshes `model/iam.json` and `model/sts.json`: the shapes come from the runtime schemas of the AWS SDK clients, the errors of each operation
 * from their type declarations, and what no package publishes (order of members, lengths, patterns, ranges) from `model/constraints.json`.
 * Run it after an update of the SDK: `node tools/codegen/refresh-api-model.ts 2026-11-22` (the date is written into the files).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { type Constraints, readApiModel } from './read-api-model.ts'

const model = path.join(import.meta.dirname, '../../model')
const date = process.argv[2]
if (date === undefined || !/^\d{4}-\d\d-\d\d$/.test(date)) throw new Error('usage: refresh-api-model.ts YYYY-MM-DD')

const constraints: { source: string; services: Record<'iam' | 'sts', Constraints> } = JSON.parse(
  readFileSync(path.join(model, 'constraints.json'), 'utf8'),
)

const services = [
  { service: 'iam', version: '2010-05-08', client: iam, constraints: constraints.services.iam },
  { service: 'sts', version: '2011-06-15', client: sts, constraints: constraints.services.sts },
] as const

for (const { service, version, client, constraints: limits } of services) {
  const name = `@aws-sdk/client-${service}`
  const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  const { version: release }: { version: string } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const facts = readApiModel({ exports: client, declarations: path.join(folder, 'dist-types'), constraints: limits })
  const file = {
    source: `${name} ${release} (Apache-2.0; facts only); limits and order: ${constraints.source}`,
    date,
    service,
    protocol: 'awsQuery',
    version,
    xmlNamespace: `https://${service}.amazonaws.com/doc/${version}/`,
    commonErrors: { AccessDenied: 403, ValidationError: 400 },
    ...facts,
  }
  writeFileSync(path.join(model, `${service}.json`), `${format(file)}\n`)
}

/** JSON with one line per operation and per shape, so that a diff names what changed. */
function format(file: object): string {
  const rows = Object.entries(file).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`
    const lines = Object.entries(value).map(
      ([name, entry]: [string, unknown]) => `    ${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
    )
    return `  ${JSON.stringify(key)}: {\n${lines.join(',\n')}\n  }`
  })
  return `{\n${rows.join(',\n')}\n}`
}
