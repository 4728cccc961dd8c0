/** The engine as a bundle: how large it is, and that it decides in a browser as it does here, with no code from strings. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { answerCases } from './answer-cases.ts'
import { bundle } from './bundle.ts'
import { openChromium } from './chromium.ts'
import { readDecisionCases } from '../decision-cases.ts'

const CASES = [...readDecisionCases().values()].flat()
/** As the answers look after a way through JSON. */
const ANSWERS: unknown = JSON.parse(JSON.stringify(answerCases(CASES)))

/** What an application takes that decides and shows why; the rules of storing a policy stay out of its bundle. */
const DECIDING = 'parsePolicy, compilePolicy, compile, decide, explain, denialSentence'

describe('the engine in a bundle', () => {
  it('is under 60 kB minified without the lists of the catalogue', async () => {
    const size = await sizeOf(`export { ${DECIDING} } from './src/index.ts'`)
    assert.ok(size > 20_000 && size < 60_000, `${size} bytes`)
  })

  it('is under 90 kB with the validation of every kind of policy', async () => {
    const size = await sizeOf("export * from './src/index.ts'")
    assert.ok(size > 40_000 && size < 90_000, `${size} bytes`)
  })

  it('decides every case in Chromium as here, under a content security policy without unsafe-eval', async (t) => {
    const said = await textOfPage(t, await caseScript())
    assert.deepEqual(JSON.parse(said), { codeFromStrings: 'forbidden', answers: ANSWERS })
  })
})

describe('the engine in Node', () => {
  it('decides every case with code generation from strings forbidden', () => {
    const code = `
      import { answerCases } from '${urlOf('answer-cases.ts')}'
      import { readDecisionCases } from '${urlOf('../decision-cases.ts')}'
      ${PROBE}
      const answers = answerCases([...readDecisionCases().values()].flat())
      process.stdout.write(JSON.stringify({ codeFromStrings, answers }))`
    const flags = ['--disallow-code-generation-from-strings', '--input-type=module']
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--eval', code], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    assert.equal(stderr, '')
    assert.deepEqual(JSON.parse(stdout), { codeFromStrings: 'forbidden', answers: ANSWERS })
  })
})

/** Says whether the place where it runs would make code from a string: a test that forbids nothing shows nothing. */
const PROBE = `
  let codeFromStrings = 'allowed'
  try { Function('return 1')() } catch { codeFromStrings = 'forbidden' }`

function urlOf(file: string): string {
  return pathToFileURL(path.join(import.meta.dirname, file)).href
}

async function sizeOf(entry: string): Promise<number> {
  const code = await bundle({ entry: 'entry.js', inline: { 'entry.js': entry }, withoutLists: /\/src\/generated\// })
  return Buffer.byteLength(code)
}

/** The page runs everything by itself: what a debugger evaluates in a page is free of the page's policy. */
function caseScript(): Promise<string> {
  const entry = `
    import { answerCases } from '${path.join(import.meta.dirname, 'answer-cases.ts')}'
    import { cases } from 'cases.js'
    ${PROBE}
    document.body.textContent = JSON.stringify({ codeFromStrings, answers: answerCases(cases) })`
  const inline = { 'entry.js': entry, 'cases.js': `export const cases = ${JSON.stringify(CASES)}` }
  return bundle({ entry: 'entry.js', inline })
}

async function textOfPage(t: TestContext, script: string): Promise<string> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'")
    response.end(isScript ? script : '<!doctype html><body><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const browser = await openChromium()
  t.after(() => browser.close())
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  await page.goto(`http://127.0.0.1:${address.port}/`, { waitUntil: 'load' })
  assert.deepEqual(errors, [])
  return (await page.textContent('body')) ?? ''
}
