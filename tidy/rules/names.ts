import { isCode, isExempt } from '../source/source-file.ts'

const entriesMax = 25

/** A name that says nothing about what is inside; a function lives where its noun lives. */
const emptyNames = /^(utils?|helpers?|common|shared|misc|stuff)(\.|$)/

const kebabFile = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.[a-z]+$/
const kebabFolder = /^\.?[a-z0-9]+(-[a-z0-9]+)*$/

/** What a package's `src` holds besides generated files and fixtures; anything else got there by accident. */
const sourceKinds = /\.(ts|tsx|css|html|sql)$/

/** What is wrong with the names and the fullness of folders, one sentence each. */
export function nameFindings(paths: readonly string[]): string[] {
  const judged = paths.filter((path) => !isExempt(path))
  return [
    ...judged.flatMap(emptyNameFindings),
    ...judged.filter(isCode).flatMap(kebabFindings),
    ...judged.filter(isBarrel).map((path) => `${path}: only a package's door is named index.ts`),
    ...judged.filter(isStray).map((path) => `${path}: is no source; take it out of src, or put it among fixtures`),
    ...crowdedFolders(judged),
  ]
}

function emptyNameFindings(path: string): string[] {
  const empty = path.split('/').find((part) => emptyNames.test(part))
  return empty === undefined ? [] : [`${path}: \`${empty}\` names no noun of IAM; put it where what it is about lives`]
}

function kebabFindings(path: string): string[] {
  const parts = path.split('/')
  const file = parts.pop() ?? ''
  const wrong = parts.find((part) => !kebabFolder.test(part)) ?? (kebabFile.test(file) ? undefined : file)
  return wrong === undefined ? [] : [`${path}: \`${wrong}\` is not kebab-case`]
}

function isBarrel(path: string): boolean {
  return /(^|\/)index\.[cm]?[jt]sx?$/.test(path) && !/^packages\/[^/]+\/src\/index\.ts$/.test(path)
}

function isStray(path: string): boolean {
  return /^packages\/[^/]+\/src\//.test(path) && !sourceKinds.test(path)
}

/** A test counts with what it lies beside, as one entry. */
function crowdedFolders(paths: readonly string[]): string[] {
  const entries = new Map<string, Set<string>>()
  for (const path of paths) {
    const parts = path.split('/')
    for (let depth = 0; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/') || '.'
      const inside = entries.get(folder) ?? new Set()
      entries.set(folder, inside.add((parts[depth] ?? '').replace(/\.test(?=\.tsx?$)/, '')))
    }
  }
  return [...entries]
    .filter(([, inside]) => inside.size > entriesMax)
    .map(([folder, inside]) => `${folder}: ${inside.size} entries, more than ${entriesMax}`)
}
