import { findBoundary, policiesOf } from '../../catalogue/entity-policies.ts'
import { readOperation } from '../operation.ts'
import { contextKeyNames } from './context-key-names.ts'
import { getPolicySource, policySourceResource } from './policy-source.ts'

/** Of the request's documents, then of all that SimulatePrincipalPolicy would decide with. */
export const GetContextKeysForPrincipalPolicy = readOperation('GetContextKeysForPrincipalPolicy', {
  authorize: ({ PolicySourceArn }, view) => policySourceResource(view, PolicySourceArn),
  handle({ input }, { account, accountId, image, error }) {
    const owner = getPolicySource({ account, accountId }, input.PolicySourceArn, error)
    const boundary = findBoundary(image, owner)
    const stored = [...policiesOf(image, accountId, owner), ...(boundary === undefined ? [] : [boundary])]
    // A managed policy that a user has by several groups is one document.
    const texts = new Map(
      stored.map(({ kind, arn, name, owner: { id }, document }) => [arn ?? `${kind} ${id} ${name}`, document]),
    )
    return contextKeyNames([...(input.PolicyInputList ?? []), ...texts.values()], error)
  },
})
