import type { Law } from './law.ts'
import { LAWS_OF_CALLERS } from './laws-of-callers.ts'
import { LAWS_OF_CHAINS } from './laws-of-chains.ts'
import { LAWS_OF_EFFECTS } from './laws-of-effects.ts'
import { LAWS_OF_FORMS } from './laws-of-forms.ts'
import { LAWS_OF_GRANTS } from './laws-of-grants.ts'
import { LAWS_OF_LIMITS } from './laws-of-limits.ts'
import { LAWS_OF_PATTERNS } from './laws-of-patterns.ts'

/** Every law of the policy language, which the tests hold in small and the campaign in large. */
export const LAWS: readonly Law[] = [
  ...LAWS_OF_EFFECTS,
  ...LAWS_OF_FORMS,
  ...LAWS_OF_LIMITS,
  ...LAWS_OF_PATTERNS,
  ...LAWS_OF_CALLERS,
  ...LAWS_OF_CHAINS,
  ...LAWS_OF_GRANTS,
]
