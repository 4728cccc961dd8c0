/** The four calls that are measured. */
import type { Call } from './aws-request.ts'
import {
  type BenchAccount,
  createUserRequests,
  getCallerIdentityRequests,
  getUserRequests,
  listUsersRequests,
  newUserNames,
} from './bench-account.ts'

export interface Workload {
  readonly name: 'GetCallerIdentity' | 'GetUser' | 'ListUsers' | 'CreateUser'
  /** Signed now, good for 15 minutes; `round` tells one run's new users from another's. */
  readonly requests: (account: BenchAccount, round: string) => string[] | Promise<string[]>
  /** Each request can be sent once only. */
  readonly once: boolean
  /** One such call, whose answer the limit then gives to all. */
  readonly sample: (account: BenchAccount) => Call
}

/** New users for one round: more than any server here makes in it. */
const NEW_USERS_PER_ROUND = 40_000

/** CreateUser is last, so that the others find the account with the users that it was filled with. */
export const workloads: readonly Workload[] = [
  {
    name: 'GetCallerIdentity',
    once: false,
    requests: getCallerIdentityRequests,
    sample: () => ({ service: 'sts', action: 'GetCallerIdentity' }),
  },
  {
    name: 'GetUser',
    once: false,
    requests: getUserRequests,
    sample: ({ userNames }) => ({ service: 'iam', action: 'GetUser', parameters: { UserName: userNames[0] } }),
  },
  {
    name: 'ListUsers',
    once: false,
    requests: listUsersRequests,
    sample: () => ({ service: 'iam', action: 'ListUsers', parameters: { MaxItems: 100 } }),
  },
  {
    name: 'CreateUser',
    once: true,
    requests: ({ caller, seed }, round) =>
      createUserRequests(caller, newUserNames(NEW_USERS_PER_ROUND, `${seed}/${round}`)),
    sample: ({ seed }) => ({
      service: 'iam',
      action: 'CreateUser',
      parameters: { UserName: newUserNames(1, `${seed}/sample`)[0] },
    }),
  },
]
