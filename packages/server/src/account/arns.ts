/** ARNs of IAM and STS entities (IAM User Guide, "IAM identifiers"). */
export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`
}

export function userArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:user${path}${name}`
}

export function groupArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:group${path}${name}`
}

export function roleArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`
}

export function instanceProfileArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:instance-profile${path}${name}`
}

export function policyArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:policy${path}${name}`
}

/** The serial number of a virtual MFA device. */
export function virtualMfaDeviceArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:mfa${path}${name}`
}

export function serverCertificateArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:server-certificate${path}${name}`
}

/** The account number of an IAM or STS ARN; `aws` for AWS's own managed policies; undefined when it is no ARN. */
export function accountOfArn(arn: string): string | undefined {
  const parts = arn.split(':', 6)
  return parts[0] === 'arn' && parts.length === 6 ? parts[4] : undefined
}
