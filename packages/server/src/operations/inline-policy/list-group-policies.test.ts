import { OF_GROUPS, testList } from '../../../test/inline-policies.ts'

testList(OF_GROUPS)
