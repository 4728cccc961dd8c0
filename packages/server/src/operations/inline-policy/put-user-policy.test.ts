import { OF_USERS, testPut } from '../../../test/inline-policies.ts'

testPut(OF_USERS)
