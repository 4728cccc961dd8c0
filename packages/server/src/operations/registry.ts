/** Every operation that iamd has. One line registers one. */
import type { OperationName } from '@iamd/wire'
import type { Operation } from './operation.ts'
import { GetCallerIdentity } from './session/get-caller-identity.ts'
import { CreateUser } from './user/create-user.ts'
import { GetUser } from './user/get-user.ts'
import { ListUsers } from './user/list-users.ts'

const all: readonly Operation[] = [CreateUser, GetCallerIdentity, GetUser, ListUsers]

export const operations: ReadonlyMap<OperationName, Operation> = new Map(
  all.map((operation) => [operation.name, operation]),
)
