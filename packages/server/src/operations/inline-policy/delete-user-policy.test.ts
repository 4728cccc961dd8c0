import { OF_USERS, testDelete } from '../../../test/inline-policies.ts'

testDelete(OF_USERS)
