import { OF_GROUPS, testGet } from '../../../test/inline-policies.ts'

testGet(OF_GROUPS)
