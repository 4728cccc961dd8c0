/**
 * The manifest that a package has in its tarball, in place of the one that it has in the workspace. Here `exports` leads to
 * the TypeScript sources, which Node runs as they are; but it runs none inside node_modules, so a tarball leads to what
 * `tsc` made of them. npm reads `package.json` from the disk when it packs and knows no other, so `prepack` exchanges the
 * file and `postpack` puts it back. Publish the tarball, not the folder: npm reads the folder's manifest once more afterwards.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

interface Manifest {
  readonly publishConfig?: { readonly exports?: unknown }
  readonly [member: string]: unknown
}

/** The manifest of the tarball: `publishConfig` over it, and without what only the workspace runs. */
export function publishableManifest(manifest: Manifest): Readonly<Record<string, unknown>> {
  const { publishConfig, scripts: _scripts, devDependencies: _devDependencies, private: _private, ...kept } = manifest
  if (publishConfig?.exports === undefined) throw new Error('the manifest has no `publishConfig.exports`')
  return { ...kept, ...publishConfig }
}

const SAVED = '.package.workspace.json'

function main(step: string | undefined, folder: string): void {
  const file = path.join(folder, 'package.json')
  const saved = path.join(folder, SAVED)
  if (step === 'publish') {
    // A packing that was broken off has left its own manifest behind.
    if (existsSync(saved)) renameSync(saved, file)
    const text = readFileSync(file, 'utf8')
    const workspace: Manifest = JSON.parse(text)
    const publishable = JSON.stringify(publishableManifest(workspace), null, 2)
    writeFileSync(saved, text)
    writeFileSync(file, `${publishable}\n`)
  } else if (step === 'restore') {
    renameSync(saved, file)
  } else {
    throw new Error(`\`${step}\` is neither \`publish\` nor \`restore\``)
  }
}

if (import.meta.main) main(process.argv[2], process.cwd())
