/** Which resources each action of AWS is about: the templates of their ARNs. Loaded when first asked for. */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { type Guard, isListOf, isText } from '../account/shape.ts'

export interface ActionResources {
  /** The template of the ARNs, such as `arn:aws:s3:::${BucketName}/${KeyName}`; undefined for an action that has no resources. */
  readonly template: string | undefined
}

/** `service:Name` in any case; undefined for an action that no service has. */
export function findActionResources(action: string): ActionResources | undefined {
  const [service = '', name = ''] = action.toLowerCase().split(':', 2)
  const place = placesOf(service)?.get(name)
  if (place === undefined) return undefined
  const template = load().templates[Number(place)]
  return { template: place === '' || template === undefined ? undefined : templateView(service, template) }
}

const ASSET = new URL('../../assets/action-resources.json.br', import.meta.url)

interface Asset {
  readonly templates: readonly string[]
  /** By service: names of actions, with commas between, by the place of their template. */
  readonly services: ReadonlyMap<string, unknown>
}

let asset: Asset | undefined
const placesByService = new Map<string, ReadonlyMap<string, string>>()

function placesOf(service: string): ReadonlyMap<string, string> | undefined {
  const known = placesByService.get(service)
  if (known !== undefined) return known
  const names = load().services.get(service)
  if (names === undefined) return undefined
  const places = new Map<string, string>()
  for (const [place, list] of membersOf(names)) {
    if (typeof list === 'string') for (const name of list.split(',')) places.set(name, place)
  }
  placesByService.set(service, places)
  return places
}

const isTexts: Guard<readonly string[]> = isListOf(isText)

function load(): Asset {
  asset ??= read()
  return asset
}

function read(): Asset {
  const members = membersOf(JSON.parse(brotliDecompressSync(readFileSync(ASSET)).toString('utf8')))
  const templates = members.get('templates')
  if (!isTexts(templates)) throw new Error('the catalogue of actions is damaged; install iamd again')
  return { templates, services: membersOf(members.get('services')) }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** As the policy simulator writes it. Observed: IAM's has one template for all, and the reference's ObjectName is its KeyName. */
function templateView(service: string, template: string): string {
  if (service === 'iam') return 'arn:aws:iam::${Account}:${ResourceType}/${ResourceName}'
  return template.replace('${Partition}', 'aws').replace('${ObjectName}', '${KeyName}')
}
