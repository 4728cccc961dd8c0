import type { ServiceFile } from './read-model.ts'

const operationsFolder = 'packages/server/src/operations'

/** What the README calls each service. */
const titles = { iam: 'IAM', sts: 'STS', iamd: "iamd's own" } as const

interface Implemented {
  readonly name: string
  readonly noun: string
  readonly path: string
}

/**
 * The README's table of what is implemented: a line of counts for each service, then each noun with its operations,
 * each linked to its file. `registry` is the text of `operations/registry.ts`, whose imports say where each one lies.
 */
export function operationsTable(registry: string, services: readonly ServiceFile[]): string {
  const implemented = implementedIn(registry, new Set(services.flatMap(({ operations }) => Object.keys(operations))))
  const counts = services.map(({ service, operations }) => {
    const done = implemented.filter(({ name }) => Object.hasOwn(operations, name)).length
    return `${titles[service]}: ${done} of ${Object.keys(operations).length}`
  })
  const nouns = [...new Set(implemented.map(({ noun }) => noun))].sort()
  const rows = nouns.map((noun) => {
    const links = implemented.filter((one) => one.noun === noun).map(({ name, path }) => `[${name}](${path})`)
    return `| ${noun} | ${links.sort().join(', ')} |`
  })
  return [`${counts.join('; ')}.`, '', '| noun | operations |', '| --- | --- |', ...rows].join('\n')
}

/** Each name that the registry imports from a noun's folder and that the model knows. */
function implementedIn(registry: string, known: ReadonlySet<string>): Implemented[] {
  const imports = registry.matchAll(/import\s*\{([^}]*)\}\s*from\s*'\.\/(([^'/]+)\/[^']+)'/g)
  return [...imports].flatMap(([, names = '', file = '', noun = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => known.has(name))
      .map((name) => ({ name, noun, path: `${operationsFolder}/${file}` })),
  )
}
