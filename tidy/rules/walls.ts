/**
 * Finds imports that the drawing does not allow. Tests are free inside their own package (they look at one room from
 * all sides), but use other packages through their doors, and only pure ones or those that their package may use.
 */
import { moduleImports } from '../source/module-imports.ts'
import type { ModuleImport } from '../source/module-imports.ts'
import { isCode, isTestCode } from '../source/source-file.ts'
import type { SourceFile } from '../source/source-file.ts'
import { doors, rooms } from './wall-table.ts'
import type { Room } from './wall-table.ts'

/** One sentence for each import that breaks a wall, with file and line. */
export function wallBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const name = roomNameOf(file.path) ?? (isTestCode(file.path) ? 'tidy' : undefined)
    if (name === undefined) return [`${file.path}: stands in no room of tidy/rules/wall-table.ts`]
    return moduleImports(file).flatMap((wanted) => {
      const breach = isTestCode(file.path) ? testBreach(file, wanted) : codeBreach(file, name, wanted)
      return breach === undefined ? [] : [`${file.path}:${wanted.line}: ${breach}`]
    })
  })
}

function codeBreach(file: SourceFile, name: string, wanted: ModuleImport): string | undefined {
  if (wanted.handedOn && !/^packages\/[^/]+\/src\/index\.ts$/.test(file.path)) {
    return `hands on \`${wanted.specifier}\`; only a package's door does, others import what they use from where it is`
  }
  if (wanted.path !== undefined) {
    if (isTestCode(wanted.path)) return `code imports the test \`${wanted.path}\``
    return doorBreach(file, wanted.path) ?? roomBreach(name, roomNameOf(wanted.path), wanted)
  }
  const door = doorOf(wanted.specifier)
  if (door !== undefined) return door.deep ? deepImport(wanted) : roomBreach(name, door.room, wanted)
  return outsideBreach(name, wanted.specifier)
}

function testBreach(file: SourceFile, wanted: ModuleImport): string | undefined {
  if (wanted.path !== undefined) return doorBreach(file, wanted.path)
  const door = doorOf(wanted.specifier)
  if (door === undefined) return undefined
  if (door.deep) return deepImport(wanted)
  const own = packageOf(file.path)
  if (own === undefined || own === packageOf(roomNamed(door.room).at)) return undefined
  const mayUse =
    ['policy', 'sigv4', 'wire'].includes(door.room) || roomsOf(own).some((room) => room.imports.includes(door.room))
  return mayUse ? undefined : `tests of \`${own}\` may not import \`${wanted.specifier}\``
}

/** A relative path must not lead into another package; its `package.json` is data that anyone may read. */
function doorBreach(file: SourceFile, path: string): string | undefined {
  const target = packageOf(path)
  if (target === undefined || target === packageOf(file.path) || path.endsWith('/package.json')) return undefined
  return `\`${path}\` is reached past the door of \`${target}\`, its src/index.ts`
}

function roomBreach(name: string, target: string | undefined, wanted: ModuleImport): string | undefined {
  if (isData(wanted.path)) return undefined
  if (target === undefined) return `\`${wanted.specifier}\` leads to no room of tidy/rules/wall-table.ts`
  const room = roomNamed(name)
  if (name === target || room.imports.includes(target)) return undefined
  if (!room.importsTypes.includes(target)) return `\`${name}\` may not import \`${target}\` (\`${wanted.specifier}\`)`
  return wanted.typeOnly ? undefined : `\`${name}\` may import only types of \`${target}\` (\`${wanted.specifier}\`)`
}

/** A manifest or an asset is no room: it holds facts, and imports nothing. */
function isData(path: string | undefined): boolean {
  return path !== undefined && !isCode(path) && /(^|\/)(assets\/.+|package\.json)$/.test(path)
}

function outsideBreach(name: string, specifier: string): string | undefined {
  const room = roomNamed(name)
  const isBuiltin = specifier.startsWith('node:')
  const allowed = isBuiltin ? room.builtins : room.packages
  if (allowed === 'any' || allowed.includes(isBuiltin ? specifier : packageNameOf(specifier))) return undefined
  return `\`${name}\` may not import \`${specifier}\``
}

function doorOf(specifier: string): { room: string; deep: boolean } | undefined {
  const room = doors[packageNameOf(specifier)]
  return room === undefined ? undefined : { room, deep: specifier !== packageNameOf(specifier) }
}

function deepImport(wanted: ModuleImport): string {
  return `\`${wanted.specifier}\` reaches past the door of \`${packageNameOf(wanted.specifier)}\``
}

function roomNameOf(path: string): string | undefined {
  let best: string | undefined
  for (const [name, { at }] of Object.entries(rooms)) {
    const matches = at.endsWith('/') ? path.startsWith(at) : path === at
    if (matches && (best === undefined || at.length > roomNamed(best).at.length)) best = name
  }
  return best
}

function roomNamed(name: string): Room {
  const room = rooms[name]
  if (room === undefined) throw new Error(`no room is named \`${name}\``)
  return room
}

function roomsOf(packageName: string): Room[] {
  return Object.values(rooms).filter(({ at }) => packageOf(at) === packageName)
}

/** `packages/wire/src/xml.ts` belongs to `wire`; what is not below `packages` belongs to none. */
function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}

/** `@smithy/types/x` is of the package `@smithy/types`. */
function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
