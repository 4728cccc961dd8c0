/** The parts of a managed policy's ARN. */
export interface PolicyArnParts {
  readonly partition: string
  /** 12 digits, or `aws` for AWS's own policies. */
  readonly owner: string
  readonly path: string
  readonly name: string
}

/** The characters of policyPathType and policyNameType (IAM API Reference, CreatePolicy); no region, no other service. */
const POLICY_ARN = /^arn:(aws[a-z-]*):iam::(aws|\d{12}):policy((?:\/[A-Za-z0-9.,+@=_-]+)*\/)([\w+=,.@-]+)$/

/** The parts of the ARN of a managed policy; undefined when the text is none. */
export function parsePolicyArn(arn: string): PolicyArnParts | undefined {
  const [, partition, owner, path, name] = POLICY_ARN.exec(arn) ?? []
  if (partition === undefined || owner === undefined || path === undefined || name === undefined) return undefined
  return { partition, owner, path, name }
}
