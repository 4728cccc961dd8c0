/**
 * AWS's managed policies: read-only, the same in every account, loaded when first asked for.
 *
 * The asset is one JSON text with a document on each line (see tools/codegen). Only its index becomes objects; the documents
 * stay bytes of one buffer, 3.2 MB outside the heap, and become text when somebody reads one.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { policyIdOfDigest } from '../account/ids.ts'
import { type Guard, isListOf, isRecordOf, isText } from '../account/shape.ts'

/** One policy of the catalogue. Descriptions are not published with the documents. */
export interface AwsManagedPolicy {
  readonly arn: string
  readonly name: string
  /** `/`, `/service-role/`, `/job-function/`, `/aws-service-role/` or `/root-task/`. */
  readonly path: string
  /** ANPA…, derived from the ARN: the same on every installation, but not the one that AWS shows. */
  readonly id: string
  /** `v1`, `v2`, …: the newest, and the only one that is here. */
  readonly defaultVersionId: string
  /** ISO 8601, whole seconds, UTC. */
  readonly createDate: string
  readonly updateDate: string
  /** The document of the default version, as JSON text without white space. */
  readonly document: string
}

/** The policy with exactly this ARN. */
export function findAwsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  return catalogue().byArn.get(arn)
}

/** Every policy, by name ignoring case. */
export function listAwsManagedPolicies(): readonly AwsManagedPolicy[] {
  return catalogue().sorted
}

/** Where the catalogue is from and the day of the newest change in it (YYYY-MM-DD). */
export function awsManagedPoliciesOrigin(): CatalogueOrigin {
  return catalogue().origin
}

export interface CatalogueOrigin {
  readonly source: string
  readonly date: string
}

interface Catalogue {
  readonly origin: CatalogueOrigin
  readonly sorted: readonly AwsManagedPolicy[]
  readonly byArn: ReadonlyMap<string, AwsManagedPolicy>
}

const ASSET = new URL('../../assets/aws-managed-policies.json.br', import.meta.url)
const LINE_FEED = 10

let loaded: Catalogue | undefined

function catalogue(): Catalogue {
  loaded ??= load()
  return loaded
}

function load(): Catalogue {
  const bytes = brotliDecompressSync(readFileSync(ASSET))
  const [header, index, , ...lines] = linesOf(bytes)
  const origin = parse(textOf(bytes, header, '{"header":'), isOrigin)
  const rows = parse(textOf(bytes, index, '"policies":'), isRows)
  const sorted = rows.map((row, at) => policyOf(row, () => textOf(bytes, lines[at], '')))
  return { origin, sorted, byArn: new Map(sorted.map((policy) => [policy.arn, policy])) }
}

/** Start of a line and its end, without the line feed. */
interface Line {
  readonly start: number
  readonly end: number
}

function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start)
    if (end === -1) break
    lines.push({ start, end })
    start = end + 1
  }
  return lines
}

/** The JSON value on a line: what is after its member name and before the comma. */
function textOf(bytes: Buffer, line: Line | undefined, member: string): string {
  if (line === undefined) throw damaged()
  return bytes.toString('utf8', line.start + member.length, line.end).replace(/,$/, '')
}

const isOrigin: Guard<CatalogueOrigin> = isRecordOf({ source: isText, date: isText })
const isRows = isListOf(isListOf(isText))

function parse<T>(text: string, guard: Guard<T>): T {
  const value: unknown = JSON.parse(text)
  if (!guard(value)) throw damaged()
  return value
}

function damaged(): Error {
  return new Error('the catalogue of AWS managed policies is damaged; install iamd again')
}

function policyOf(row: readonly string[], readDocument: () => string): AwsManagedPolicy {
  const [arn = '', defaultVersionId = '', createDate = '', updateDate = ''] = row
  const resource = arn.slice(arn.indexOf('/'))
  const nameAt = resource.lastIndexOf('/') + 1
  return {
    arn,
    name: resource.slice(nameAt),
    path: resource.slice(0, nameAt),
    get id() {
      return policyIdOfDigest(createHash('sha256').update(arn).digest())
    },
    defaultVersionId,
    createDate,
    updateDate,
    get document() {
      return readDocument()
    },
  }
}
