import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'

const present = 'exit 0'

/** Programs of a machine that has everything; each is a shell script. */
const everything = {
  'apt-get': present,
  aws: present,
  chromium: present,
  gcc: present,
  id: 'echo 1000',
  npm: present,
  python3: present,
}

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** What the fake `apt-get` was asked to do, one call a line. */
  readonly installed: string
}

/** Runs the set-up on a machine that has exactly these programs on its PATH. */
function setUp(t: TestContext, programs: Readonly<Record<string, string>>): Run {
  const folder = mkdtempSync(join(tmpdir(), 'iamd-setup-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script.replaceAll('$BIN', folder)}\n`, { mode: 0o755 })
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'set-up-tests.ts')], {
    encoding: 'utf8',
    env: { PATH: folder },
  })
  const log = join(folder, 'apt-log')
  return { status, stdout, stderr, installed: existsSync(log) ? readFileSync(log, 'utf8') : '' }
}

/** Programs without those that are named. */
function without(...absent: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(everything).filter(([name]) => !absent.includes(name)))
}

/** An `apt-get` that writes down what it was asked, and puts the AWS CLI where it is found when that is asked. */
const installer = `echo "$@" >> $BIN/apt-log
case "$*" in *install*awscli*) printf '#!/bin/sh\\nexit 0\\n' > $BIN/aws; /bin/chmod 755 $BIN/aws;; esac`

test('where every tool is there, nothing is installed', (t) => {
  const { status, stdout, installed } = setUp(t, { ...everything, 'apt-get': installer })
  assert.equal(status, 0)
  assert.equal(installed, '')
  assert.match(stdout, /AWS CLI \(`aws`\): already there/)
})

test('as root on Debian, only the packages of missing tools are installed', (t) => {
  const { status, installed } = setUp(t, { ...without('aws'), 'apt-get': installer, id: 'echo 0' })
  assert.equal(status, 0)
  assert.match(installed, /^update -qq\ninstall -qq --yes --no-install-recommends awscli$/m)
})

test('without root, it stops with one line that names the packages', (t) => {
  const { status, stderr } = setUp(t, without('aws', 'gcc'))
  assert.equal(status, 1)
  assert.equal(stderr, 'test:setup: run `sudo apt-get install awscli gcc libc6-dev` and then this again\n')
})

test('elsewhere than on Debian, it stops with one line that names the tools', (t) => {
  const { status, stderr } = setUp(t, { ...without('apt-get'), python3: 'exit 1' })
  assert.equal(status, 1)
  assert.equal(stderr, 'test:setup: install `python3` with boto3, pytest and run this again\n')
})

test('an installation that does not bring the tool is said, not passed over', (t) => {
  const { status, stderr } = setUp(t, { ...without('gcc'), 'apt-get': installer, id: 'echo 0' })
  assert.equal(status, 1)
  assert.match(stderr, /test:setup: `gcc` with the headers of the C library is still missing/)
})

test('an installation that fails stops the set-up with the command that failed', (t) => {
  const { status, stderr } = setUp(t, { ...without('gcc'), 'apt-get': 'test "$1" = --version', id: 'echo 0' })
  assert.equal(status, 1)
  assert.equal(stderr, 'test:setup: `apt-get update -qq` failed\n')
})
