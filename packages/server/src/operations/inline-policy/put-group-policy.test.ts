import { OF_GROUPS, testPut } from '../../../test/inline-policies.ts'

testPut(OF_GROUPS)
