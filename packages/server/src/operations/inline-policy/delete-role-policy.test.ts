import { OF_ROLES, testDelete } from '../../../test/inline-policies.ts'

testDelete(OF_ROLES)
