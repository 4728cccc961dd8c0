import { readOperation } from '../operation.ts'
import { contextKeyNames } from './context-key-names.ts'

/** Documents need not be fit to be stored: it is enough that they can be read (observed). */
export const GetContextKeysForCustomPolicy = readOperation('GetContextKeysForCustomPolicy', {
  authorize: () => ({ resource: '*' }),
  handle: ({ input }, { error }) => contextKeyNames(input.PolicyInputList, error),
})
