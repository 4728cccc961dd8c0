/** What a stranger gets: the tarball in an empty project, its examples, its types. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import manifest from '../../package.json' with { type: 'json' }
import { installPackage, type InstalledPackage } from './installed-package.ts'

const PACKAGE = path.join(import.meta.dirname, '../..')

/** A block of TypeScript in the README, and the block that says what it prints. */
interface Example {
  readonly name: string
  readonly code: string
  readonly prints: string
}

function examples(): readonly Example[] {
  const readme = readFileSync(path.join(PACKAGE, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```\n(?:\n(?:Prints:|prints:)\n\n```text\n([\s\S]*?)```)?/g)]
  return blocks.map(([, code = '', prints = ''], index) => ({ name: `example-${index + 1}.ts`, code, prints }))
}

describe('the package from its tarball', () => {
  let installed: InstalledPackage
  before(() => {
    installed = installPackage()
    installed.write(Object.fromEntries(examples().map(({ name, code }) => [name, code])))
    installed.write({ 'public-types.ts': readFileSync(path.join(import.meta.dirname, 'public-types.ts'), 'utf8') })
  })
  after(() => installed.remove())

  it('is JavaScript with declarations, a licence and a README, and nothing else', () => {
    const beside = installed.files.filter((file) => !/^dist\/.*\.(d\.ts|js)$/.test(file))
    assert.deepEqual(beside.toSorted(), ['LICENSE', 'README.md', 'package.json'])
    assert.ok(installed.files.includes('dist/index.js'))
    assert.deepEqual(
      installed.files.filter((file) => file.includes('.test.')),
      [],
    )
  })

  it('has no dependency', () => {
    const members = Object.keys(manifest).filter((name) => /dependencies/i.test(name))
    assert.deepEqual(members, [])
  })

  it('compiles with its examples as strict as the compiler can be, and forbids what its types forbid here', () => {
    const { status, stdout } = installed.compile()
    assert.equal(stdout, '')
    assert.equal(status, 0)
  })

  for (const { name, prints } of examples()) {
    it(`runs ${name} of its README, which prints what the README says`, () => {
      const { stdout, stderr } = installed.runNode(name)
      assert.equal(stderr, '')
      assert.equal(stdout.trimEnd(), prints.trimEnd())
    })
  }
})

it('the package carries the licence of the project', () => {
  const [own, ofProject] = [PACKAGE, path.join(PACKAGE, '../..')].map((folder) =>
    readFileSync(path.join(folder, 'LICENSE'), 'utf8'),
  )
  assert.equal(own, ofProject)
})
