/** Bundles the sources of the package as an application for the browser would. */
import path from 'node:path'
import { rolldown, type RolldownPluginOption } from 'rolldown'

/** The module to begin with, and modules that exist only in the bundle: name to source text. */
export interface BundleParts {
  readonly entry: string
  readonly inline?: Readonly<Record<string, string>>
  /** Modules, by the end of their path, whose exports are left empty in order to weigh the rest. */
  readonly withoutLists?: RegExp
}

/** The bundle as one minified module that imports nothing; throws when something is imported that no browser has. */
export async function bundle({ entry, inline = {}, withoutLists }: BundleParts): Promise<string> {
  const build = await rolldown({
    input: entry,
    cwd: path.join(import.meta.dirname, '../..'),
    platform: 'browser',
    plugins: [inlineModules(inline), emptyLists(withoutLists)],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message)
    },
  })
  const { output } = await build.generate({ format: 'esm', minify: true })
  await build.close()
  const [chunk] = output
  if (output.length !== 1 || chunk.imports.length > 0) throw new Error('the bundle is not one file')
  return chunk.code
}

function inlineModules(modules: Readonly<Record<string, string>>): RolldownPluginOption {
  return {
    name: 'inline-modules',
    resolveId: (name) => (Object.hasOwn(modules, name) ? `\0${name}` : undefined),
    load: (id) => modules[id.slice(1)],
  }
}

function emptyLists(which: RegExp | undefined): RolldownPluginOption {
  return {
    name: 'empty-lists',
    transform(code, id) {
      if (which === undefined || !which.test(id)) return undefined
      const names = [...code.matchAll(/export const (\w+)/g)].map(([, name]) => name)
      return names.map((name) => `export const ${name} = []`).join('\n')
    },
  }
}
