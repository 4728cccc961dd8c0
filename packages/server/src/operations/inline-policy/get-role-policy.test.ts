import { OF_ROLES, testGet } from '../../../test/inline-policies.ts'

testGet(OF_ROLES)
