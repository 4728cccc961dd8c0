import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'

const PACKAGE = path.join(import.meta.dirname, '..')

it('the example of the README runs, and says what it says it says', async ({ mock }) => {
  const readme = readFileSync(path.join(PACKAGE, 'README.md'), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? assert.fail('no example')
  const door = pathToFileURL(path.join(PACKAGE, 'src/index.ts')).href
  const code = stripTypeScriptTypes(example.replace("'@iamd/policy'", `'${door}'`))
  const printed: unknown[] = []
  mock.method(console, 'log', (...values: unknown[]) => void printed.push(values))
  await import(`data:text/javascript,${encodeURIComponent(code)}`)
  const sentence =
    'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::111122223333:user/alice with an explicit deny in an identity-based policy'
  assert.deepEqual(printed[0], [sentence])
  assert.equal(printed.length, 2)
})
