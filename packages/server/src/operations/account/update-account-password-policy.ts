import { writeOperation } from '../operation.ts'

/** The whole policy anew: "If you do not include a parameter, its value reverts to its default" (UpdateAccountPasswordPolicy). */
export const UpdateAccountPasswordPolicy = writeOperation('UpdateAccountPasswordPolicy', {
  authorize: () => ({ resource: '*' }),
  handle({ input }, { account }) {
    const { MaxPasswordAge, PasswordReusePrevention, HardExpiry } = input
    account.passwordPolicy.put({
      minimumLength: input.MinimumPasswordLength ?? LENGTH_MIN,
      requireSymbols: input.RequireSymbols ?? false,
      requireNumbers: input.RequireNumbers ?? false,
      requireUppercase: input.RequireUppercaseCharacters ?? false,
      requireLowercase: input.RequireLowercaseCharacters ?? false,
      allowUsersToChange: input.AllowUsersToChangePassword ?? false,
      ...(MaxPasswordAge === undefined ? {} : { ageDaysMax: MaxPasswordAge }),
      ...(PasswordReusePrevention === undefined ? {} : { reusePrevention: PasswordReusePrevention }),
      ...(HardExpiry === undefined ? {} : { hardExpiry: HardExpiry }),
    })
    return {}
  },
})

/** Of a policy that says nothing of the length; an account without a policy has 8 (observed). */
const LENGTH_MIN = 6
