import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runTool } from './run-tool.ts'

/** What must pass, and with which words of the command line. */
const checks = [
  { requirement: 'every file passes the type checker', tool: 'tsc', args: ['--noEmit', '--pretty', 'false'] },
  { requirement: 'every file passes the linter', tool: 'oxlint', args: ['--format=unix'] },
  { requirement: 'every file is formatted', tool: 'oxfmt', args: ['--check'] },
  { requirement: 'no file, export or dependency is dead', tool: 'knip', args: ['--no-progress'] },
] as const

for (const { requirement, tool, args } of checks) {
  test(requirement, () => {
    const { status, stdout, stderr } = runTool(tool, args)
    assert.equal(status, 0, `\`${tool} ${args.join(' ')}\` says:\n${stdout}${stderr}`)
  })
}
