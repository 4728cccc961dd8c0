/** A list is the value of a multi-valued key, such as `aws:TagKeys`; which keys those are is the catalogue's to say. */
export type ContextValue = string | readonly string[]

/**
 * What is known of a request, asked for only when a condition or a variable needs it.
 *
 * Condition keys ignore case as a whole, the tag's key after the slash included: `aws:ResourceTag/TagKey1` "matches a
 * resource tag key named either TagKey1 or tagkey1, but not both" (IAM User Guide, "AWS global condition context keys").
 * So the engine asks for `aws:resourcetag/tagkey1`, with A-Z lower-cased and all else as the policy has it. Which of two
 * tags whose keys differ only in case answers is for the implementation; AWS's choice is not predictable.
 */
export interface RequestContext {
  /** Undefined when the key is not in the request. A key that throws denies the request. */
  get(lowerCaseKey: string): ContextValue | undefined
}
