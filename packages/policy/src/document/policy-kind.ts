/**
 * What a document is to be stored as: `identity` is an inline policy of a user, group or role, `managed` a customer managed
 * policy, `boundary` a managed policy that is to be a permissions boundary, `session` the inline policy of an STS call, `trust`
 * a role's trust policy, `resource` the policy of any other resource, `endpoint` that of a VPC endpoint, and `serviceControl`
 * and `resourceControl` are policies of AWS Organizations.
 */
export const POLICY_KINDS = [
  'identity',
  'managed',
  'boundary',
  'session',
  'trust',
  'resource',
  'endpoint',
  'serviceControl',
  'resourceControl',
] as const

export type PolicyKind = (typeof POLICY_KINDS)[number]
