import { OF_GROUPS, testDelete } from '../../../test/inline-policies.ts'

testDelete(OF_GROUPS)
