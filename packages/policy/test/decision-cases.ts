/** Reads the decision cases: what is asked, of which policies, and what must come out. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { DecisionCase } from '../reference/question.ts'
import type { ContextValue, RequestContext } from '../src/index.ts'

const FOLDER = path.join(import.meta.dirname, '../cases')

/** Every theme with its cases: first what one statement says, then how policies of several kinds decide together. */
export function readDecisionCases(): ReadonlyMap<string, readonly DecisionCase[]> {
  const themes = new Map<string, readonly DecisionCase[]>()
  for (const file of ['statements', 'sources'].flatMap(filesOf)) {
    const cases: readonly DecisionCase[] = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))
    themes.set(path.basename(file, '.json'), cases)
  }
  return themes
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(path.join(FOLDER, folder))
    .toSorted()
    .map((file) => path.join(folder, file))
}

/** A context of given values, whose keys may be in any case. */
export function contextOf(values: Readonly<Record<string, ContextValue>>): RequestContext {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]))
  return { get: (key) => byKey.get(key) }
}
