import { OF_ROLES, testPut } from '../../../test/inline-policies.ts'

testPut(OF_ROLES)
