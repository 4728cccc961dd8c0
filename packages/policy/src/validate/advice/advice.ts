import type { PolicyKind } from '../../document/policy-kind.ts'
import type { Rule } from '../rule.ts'
import {
  allowsWithComplement,
  passRoleToEverything,
  servicesNeedSource,
  sparedPrincipalsNeedAllNames,
  trustOfEveryone,
} from './access-advice.ts'
import {
  equalsWithWildcard,
  forAllValuesHoldsForNothing,
  globalKeysExist,
  ifExistsInAllow,
  keysNeedValues,
  mfaNeedsIfExists,
  multivaluedKeysNeedQualifier,
  operandsAreWellFormed,
  operatorsFitKeys,
  unknownOperators,
} from './condition-advice.ts'
import { idsHaveNoUse, repeatedValues, versionsAreSaid } from './document-advice.ts'
import { variablesAreWellFormed, variablesNeedVersion } from './variable-advice.ts'
import { webIdentitiesNeedSubject } from './web-identity-advice.ts'

/** What AWS stores and what is likely not what its author meant. The sentences are ours. */
export function adviceFor(kind: PolicyKind): readonly Rule[] {
  return [...EVERYWHERE, ...BY_KIND[kind]]
}

const EVERYWHERE: readonly Rule[] = [
  versionsAreSaid,
  variablesNeedVersion,
  variablesAreWellFormed,
  unknownOperators,
  keysNeedValues,
  globalKeysExist,
  operatorsFitKeys,
  multivaluedKeysNeedQualifier,
  forAllValuesHoldsForNothing,
  ifExistsInAllow,
  mfaNeedsIfExists,
  equalsWithWildcard,
  repeatedValues,
]

/** What a policy allows is only worth a word where it grants something. */
const GRANTING: readonly Rule[] = [allowsWithComplement, passRoleToEverything, idsHaveNoUse]

const BY_KIND: Readonly<Record<PolicyKind, readonly Rule[]>> = {
  identity: GRANTING,
  managed: GRANTING,
  boundary: [idsHaveNoUse],
  session: [idsHaveNoUse, operandsAreWellFormed],
  trust: [trustOfEveryone, webIdentitiesNeedSubject, operandsAreWellFormed],
  resource: [
    allowsWithComplement,
    trustOfEveryone,
    servicesNeedSource,
    sparedPrincipalsNeedAllNames,
    operandsAreWellFormed,
  ],
  endpoint: [sparedPrincipalsNeedAllNames, operandsAreWellFormed],
  serviceControl: [],
  resourceControl: [operandsAreWellFormed],
}
