import { OFFICE_CALL } from './call-facts.ts'
import { typicalPolicies } from './typical-policies.ts'
import { typicalQuestions } from './typical-questions.ts'
import type { Workload } from './workload.ts'

const TYPICAL_POLICIES = 10
const MANY_POLICIES = 100

/** All that is measured, from the least to the most that is attached. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'W1',
    what: 'one policy that allows everything',
    policies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] }],
    questions: [
      {
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::team-000-data/report.csv',
        facts: OFFICE_CALL,
        keys: {},
        isAllowed: true,
      },
    ],
  },
  {
    name: 'W2',
    what: 'one user with 10 policies of 100 statements, and 50 different requests',
    policies: typicalPolicies(TYPICAL_POLICIES),
    questions: typicalQuestions(TYPICAL_POLICIES),
  },
  {
    name: 'W3',
    what: 'the same with 100 policies of 1,000 statements',
    policies: typicalPolicies(MANY_POLICIES),
    questions: typicalQuestions(MANY_POLICIES),
  },
]
