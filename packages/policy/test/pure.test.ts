/** The package runs in a browser under a strict content security policy, and takes no text of a policy for a program. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const SOURCES = path.join(import.meta.dirname, '../src')
const FILES = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => !file.endsWith('.test.ts'))

describe('the sources of the package', () => {
  it('import nothing but each other', () => {
    for (const file of FILES) {
      const imported = [...read(file).matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(([, name = '']) => name)
      assert.deepEqual(
        imported.filter((name) => !name.startsWith('.')),
        [],
        file,
      )
    }
    assert.ok(FILES.length > 30)
  })

  it('N-01: make no RegExp or function from text', () => {
    for (const file of FILES) {
      const found = /\b(?:new\s+RegExp|RegExp\(|eval\(|new\s+Function|Function\()|\.(?:match|matchAll|search)\(/.exec(
        read(file),
      )
      assert.equal(found, null, `${file}: ${found?.[0]}`)
    }
  })

  it('use nothing that only Node has, and no clock', () => {
    for (const file of FILES) {
      const found =
        /\b(?:process|Buffer|require|__dirname|globalThis|performance|setTimeout|Math\.random|Date\.now|new Date|console)\b/.exec(
          code(file),
        )
      assert.equal(found, null, `${file}: ${found?.[0]}`)
    }
  })
})

function read(file: string): string {
  return readFileSync(path.join(SOURCES, file), 'utf8')
}

function code(file: string): string {
  return read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
