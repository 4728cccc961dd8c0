/** What the lockfile says of the packages that run in production: few, without install scripts, and no parser of XML. */

/** A package in a lockfile, as npm writes it. */
export interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly hasInstallScript?: boolean
}

export type Lock = Readonly<Record<string, LockedPackage>>

/** Direct dependencies of a package that is published. */
const directMax = 10

/** One sentence for each rule that the production packages of a lockfile break. */
export function dependencyFindings(lock: Lock): string[] {
  const roots = Object.keys(lock).filter((path) => path.startsWith('packages/') && !path.includes('node_modules'))
  return roots.flatMap((root) => {
    const direct = Object.keys(lock[root]?.dependencies ?? {})
    const all = [...closure(lock, root)]
    return [
      ...(direct.length > directMax ? [`${root}: ${direct.length} direct dependencies, more than ${directMax}`] : []),
      ...all.filter((path) => lock[path]?.hasInstallScript === true).map((path) => `${path}: has an install script`),
      ...all.filter((path) => root === 'packages/server' && /xml|sax/.test(path)).map((path) => `${path}: parses XML`),
    ]
  })
}

/** Dependencies that have no row in the lockfile, optional ones included: `npm ci` refuses to install from it then. */
export function missingRows(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([place, { dependencies = {}, optionalDependencies = {} }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => placeOf(lock, place, name) === undefined)
      .map((name) => `${place || 'the root'}: \`${name}\` has no row`),
  )
}

/** The places in the lockfile of everything that a package brings with it. */
function closure(lock: Lock, root: string): Set<string> {
  const found = new Set<string>()
  const add = (place: string): void => {
    for (const name of Object.keys(lock[place]?.dependencies ?? {})) {
      const next = placeOf(lock, place, name)
      if (next === undefined || found.has(next)) continue
      found.add(next)
      add(next)
    }
  }
  add(root)
  return found
}

/** npm looks for a package beside the one that asks, then one folder up, and so on. */
function placeOf(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (Object.hasOwn(lock, place)) return place
    if (folder === '') return undefined
  }
}
