import { OF_USERS, testGet } from '../../../test/inline-policies.ts'

testGet(OF_USERS)
