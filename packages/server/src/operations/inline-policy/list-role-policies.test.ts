import { OF_ROLES, testList } from '../../../test/inline-policies.ts'

testList(OF_ROLES)
