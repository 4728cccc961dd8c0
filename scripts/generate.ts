/**
 * Writes what is generated from `model/`, and the generated parts of documents; needs no network. `node scripts/generate.ts` writes, `--check` only compares and exits with 1
 * where a file differs. The tidy test calls `generateAll`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { documentPages } from './generate/document-pages.ts'
import { readModel } from './generate/read-model.ts'
import { wireTables } from './generate/wire-tables.ts'
import { wireTypes } from './generate/wire-types.ts'

const root = path.join(import.meta.dirname, '..')

/** Every generated file: its path from the repository's root, and the text that it must have. */
export function generateAll(): Map<string, string> {
  const services = readModel()
  const wire = [...wireTypes(services), ...wireTables(services)]
  const generated = wire.map(([name, text]): [string, string] => [`packages/wire/src/generated/${name}`, text])
  return new Map([...generated, ...documentPages(services)])
}

/** The paths whose file on disk is absent or differs from what would be generated. */
export function findOutdated(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => {
    const file = path.join(root, name)
    return existsSync(file) && readFileSync(file, 'utf8') === text ? [] : [name]
  })
}

function main(check: boolean): void {
  const files = generateAll()
  const outdated = findOutdated(files)
  for (const name of outdated) {
    console.log(`${check ? 'out of date' : 'written'}: ${name}`)
    if (check) continue
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), files.get(name) ?? '')
  }
  if (check && outdated.length > 0) process.exitCode = 1
}

if (import.meta.main) main(process.argv.includes('--check'))
