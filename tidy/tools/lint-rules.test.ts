/**
 * A rule that has stopped working is worse than none: each rule that `.oxlintrc.json` names has a planted fault,
 * and one run of the linter over all of them must report each rule in the file of its fault.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { faults } from './lint-faults.ts'
import { repositoryRoot } from '../source/repository-root.ts'
import { runTool } from './run-tool.ts'

describe('the linter', () => {
  let folder: string
  let reported: ReadonlySet<string>

  before(() => {
    folder = plantFaults()
    reported = lintCodes(folder)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const rule of configuredRules()) {
    test(`finds the fault planted for ${rule}`, () => {
      assert.ok(faults[rule] !== undefined, `\`${rule}\` is configured, but has no fault in tidy/tools/lint-faults.ts`)
      assert.ok(reported.has(`${fileOf(rule)} ${codeOf(rule)}`), `\`${rule}\` did not report its planted fault`)
    })
  }

  test('O-04: a promise that nobody waits for is found, also where a condition was expected', () => {
    for (const rule of ['typescript/no-floating-promises', 'typescript/no-misused-promises']) {
      assert.ok(reported.has(`${fileOf(rule)} ${codeOf(rule)}`), `\`${rule}\` did not report its planted fault`)
    }
  })

  test('has no fault planted for a rule that is not configured', () => {
    const configured = new Set(configuredRules())
    assert.deepEqual(
      Object.keys(faults).filter((rule) => !configured.has(rule)),
      [],
    )
  })
})

function configuredRules(): string[] {
  const config: { rules: Record<string, unknown> } = JSON.parse(
    readFileSync(join(repositoryRoot, '.oxlintrc.json'), 'utf8'),
  )
  return Object.keys(config.rules)
}

/** A folder that is set up as the repository is, with one file for each fault. */
function plantFaults(): string {
  const folder = mkdtempSync(join(tmpdir(), 'iamd-lint-'))
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'))
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.json']) {
    writeFileSync(
      join(folder, file),
      readFileSync(join(repositoryRoot, file), 'utf8').replace('"packages/*/src"', '"*.ts"'),
    )
  }
  for (const [rule, text] of Object.entries(faults)) writeFileSync(join(folder, fileOf(rule)), `${text}\n`)
  writeFileSync(
    join(folder, 'cycle-other.ts'),
    `import type { Mine } from './${fileOf('import/no-cycle')}'\nexport interface Other { mine: Mine }\n`,
  )
  return folder
}

/** What the linter reports in a folder, each as `file plugin(rule)`. */
function lintCodes(folder: string): Set<string> {
  const { stdout } = runTool('oxlint', ['--format=json'], folder)
  const report: { diagnostics: { code?: string; filename?: string }[] } = JSON.parse(stdout)
  return new Set(report.diagnostics.map(({ code = '', filename = '' }) => `${filename} ${code}`))
}

function fileOf(rule: string): string {
  return `${rule.replace('/', '-')}.ts`
}

/** `typescript/no-floating-promises` is reported as `typescript(no-floating-promises)`. */
function codeOf(rule: string): string {
  return rule.replace(/^(.*)\/(.*)$/, '$1($2)')
}
