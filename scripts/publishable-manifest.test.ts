import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { publishableManifest } from './publishable-manifest.ts'

const workspaceText = '{"name": "a",  "exports": "./src/index.ts", "publishConfig": {"exports": "./dist/index.js"}}\n'

/** A folder with a manifest, and the script run in it. */
function packageFolder(t: TestContext): {
  manifest: () => string
  run: (step: string) => number | null
  folder: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'iamd-manifest-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), workspaceText)
  const script = join(import.meta.dirname, 'publishable-manifest.ts')
  return {
    folder,
    manifest: () => readFileSync(join(folder, 'package.json'), 'utf8'),
    run: (step) => spawnSync(process.execPath, [script, step], { cwd: folder }).status,
  }
}

test('a tarball exports what was built, and knows nothing of the workspace', () => {
  const workspace = {
    name: 'a',
    private: true,
    scripts: { x: 'y' },
    devDependencies: { z: '1' },
    exports: './src/a.ts',
  }
  assert.deepEqual(publishableManifest({ ...workspace, publishConfig: { exports: './dist/a.js' } }), {
    name: 'a',
    exports: './dist/a.js',
  })
  assert.throws(() => publishableManifest(workspace), /publishConfig\.exports/)
})

test('after packing the manifest is again what it was, to the letter', (t) => {
  const { manifest, run, folder } = packageFolder(t)
  assert.equal(run('publish'), 0)
  assert.match(manifest(), /"exports": ".\/dist\/index.js"/)
  assert.equal(run('restore'), 0)
  assert.equal(manifest(), workspaceText)
  assert.deepEqual(readdirSync(folder), ['package.json'])
})

test('a packing that was broken off does not make its manifest the one of the workspace', (t) => {
  const { manifest, run } = packageFolder(t)
  assert.equal(run('publish'), 0)
  assert.equal(run('publish'), 0)
  assert.equal(run('restore'), 0)
  assert.equal(manifest(), workspaceText)
})

test('a step that does not exist is refused', (t) => {
  const { manifest, run } = packageFolder(t)
  assert.equal(run('publsh'), 1)
  assert.equal(manifest(), workspaceText)
})
