import { OF_USERS, testList } from '../../../test/inline-policies.ts'

testList(OF_USERS)
