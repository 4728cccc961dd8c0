import type { LoginProfileRecord } from '../src/account/records.ts'
import { hashPassword } from '../src/vault/password-hash.ts'
import { userIdOf, type World } from './world.ts'

/** What `givePassword` gives. */
export const GIVEN_PASSWORD = 'Given-Password-1'

/** Gives a user that `World.createUser` made a login profile, around the operations. Hashes once for all tests of a file. */
export async function givePassword(
  world: World,
  userName: string,
  profile: Partial<LoginProfileRecord> = {},
): Promise<LoginProfileRecord> {
  const passwordHash = await givenHash
  const createdAt = world.now.toISOString()
  const record = {
    ownerId: userIdOf(userName),
    createdAt,
    changedAt: createdAt,
    passwordHash,
    resetRequired: false,
    previousHashes: [],
    ...profile,
  }
  await world.change((account) => account.loginProfiles.put(record))
  return record
}

const givenHash = hashPassword(GIVEN_PASSWORD)
