/** AWS's policy of a service-linked role. */
export const SERVICE_LINKED_POLICY = 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy'

/** ARNs that cannot be a permissions boundary, and what AWS answers to each; no policy of the account has a name of these. */
export function badBoundaries(
  accountId: string,
): readonly { readonly PermissionsBoundary: string; readonly name: string; readonly message: string }[] {
  const unknown = [
    `arn:aws:iam::${accountId}:policy/Nothing`,
    'arn:aws:iam::999999999999:policy/Theirs',
    'arn:aws:iam::aws:policy/NoSuchPolicy',
  ]
  const malformed = [`arn:aws:iam::${accountId}:user/Somebody`, 'arn:aws:iam::policy/SomethingElse']
  return [
    ...unknown.map((PermissionsBoundary) => ({
      PermissionsBoundary,
      name: 'NoSuchEntityException',
      message: `Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`,
    })),
    ...malformed.map((PermissionsBoundary) => ({
      PermissionsBoundary,
      name: 'InvalidInputException',
      message: `ARN ${PermissionsBoundary} is not valid.`,
    })),
  ]
}
